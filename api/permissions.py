"""May this role, or whoever covers it, do this here? Each view names its operation; the policy answers; silence refuses."""

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission

from accounts import cover


class PolicyPermission(BasePermission):
    """Signed in, and permitted by accounts/policy.toml. Raises `NotPermitted`, which names who may."""

    def has_permission(self, request, view):
        if request.user is None:
            return False
        operation = view.operation
        if operation is None:
            raise MethodNotAllowed(request.method)
        cover.require(operation, request.user)
        return True
