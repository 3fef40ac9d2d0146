using ChatOps.Checks;
using ChatOps.Fleet;
using ChatOps.Identity.Files;

namespace ChatOps.Identity.Roles;

/// <summary>The roles that are always there, as data. Own roles may not take their names.</summary>
internal static class BuiltInRoles
{
    /// <summary>What stands in place of a file name in explanations.</summary>
    public const string File = "built-in";

    /// <summary>The role that may do everything; at least one person has it.</summary>
    public const string Admin = "admin";

    /// <summary>The least powerful first.</summary>
    public static IReadOnlyList<RoleEntry> All { get; } =
    [
        Role("viewer", "Sees the gateway's state, approvals and record. Touches no machine and no file.",
            "status", "nodes", "node_show", "approvals_list", "approvals_show", "grants_list",
            "audit_list", "audit_show", "audit_verify", "schedule_list", "schedule_show", "schedule_history", "heartbeat_show", "memory_read", "memory_search", "skills_list", "skills_show", "read_skill", "access_people", "access_roles", "access_can", "check_list", "check_show", "runbook_list", "runbook_show", "incident_list", "incident_show"),
        Role("operator", "Works on every machine, and decides what others ask for.",
            "run", "files", "machines", "nodes", "halt", "status", "approvals", "audit", "policy", "schedules", "memory", "web", "checks", "reports", "runbook_list", "runbook_show", "runbook_validate", "incidents", "skills_list", "skills_show", "read_skill", "access_people", "access_roles", "access_can"),
        Role(CheckService.Role, "How checks look at machines, and how a model looks into what they find: by reading alone.",
            CheckService.ProbeTool, "check_list", "check_show", "nodes", "node_show", "node_facts", "logs", "runbook_list", "runbook_show", "incident_list", "incident_show"),
        Role(Admin, "Everything, giving roles included.", AccessDocumentReader.EveryTool),
    ];

    public static bool Contains(string name) => All.Any(role => role.Name == name);

    private static RoleEntry Role(string name, string description, params IReadOnlyList<string> tools) =>
        new(name, 0, description, [.. tools.Select(tool => new PermissionEntry(tool, Everywhere(), 0))], []);

    private static Selector Everywhere() =>
        Selector.TryParse("all", out var all, out var error) ? all : throw new InvalidOperationException(error);
}
