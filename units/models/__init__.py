"""Who plans and who carries out, and the trail of what they changed."""

from units.models.audit import AuditEntry, ChangeMark
from units.models.unit import Membership, Role, Unit, UnitKind
from units.models.user import User

__all__ = ["AuditEntry", "ChangeMark", "Membership", "Role", "Unit", "UnitKind", "User"]
