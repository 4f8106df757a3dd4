"""What does the API itself refuse, before any rule of the register is asked?"""

from rest_framework.exceptions import APIException


class KeyUsedForAnotherRequest(APIException):
    """An Idempotency-Key names one request for ever; another body under the same key is a mistake of the caller."""

    status_code = 422
    default_code = "key_used_for_another_request"
    default_detail = (
        "This Idempotency-Key was used for a request with another address or body. Nothing was done: "
        "send a new key for a new request."
    )


class VersionMissing(APIException):
    """A change says which version it was decided on."""

    status_code = 428
    default_code = "version_missing"
    default_detail = (
        'Send the version that you read as a header, such as If-Match: "3", so that nothing is overwritten '
        "which you have not seen."
    )
