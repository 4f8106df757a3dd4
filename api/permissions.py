"""May this role do this here? Every view names its operation per method; the policy table answers; silence refuses."""

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission

from accounts import policy


class PolicyPermission(BasePermission):
    """Signed in, and permitted by accounts/policy.toml. Raises `NotPermitted`, which names who may."""

    def has_permission(self, request, view):
        if request.user is None:
            return False
        operation = view.operation
        if operation is None:
            raise MethodNotAllowed(request.method)
        policy.require(operation, request.user.role)
        return True
