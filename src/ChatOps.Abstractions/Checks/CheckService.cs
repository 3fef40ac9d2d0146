using ChatOps.Identity;

namespace ChatOps.Checks;

/// <summary>
/// As whom checks look at machines: a service with the built-in role <c>watcher</c>, which reads. A person called <c>checks</c> in access.yaml takes its place, with the roles
/// written there.
/// </summary>
public static class CheckService
{
    /// <summary>The principal.</summary>
    public const string Principal = "checks";

    /// <summary>The role that it has unless access.yaml says otherwise.</summary>
    public const string Role = "watcher";

    /// <summary>The channel of its actor; no platform has it.</summary>
    public const string Channel = "checks";

    /// <summary>The source of its invocations.</summary>
    public const string Source = "check";

    /// <summary>The tool through which checks look at nodes.</summary>
    public const string ProbeTool = "check_probe";

    /// <summary>Its identity.</summary>
    public static Actor Actor { get; } = new(Channel, "", Principal, "Checks");
}
