using ChatOps.Identity;

namespace ChatOps.Checks;

/// <summary>In whose name something is done about a finding: looked into by a model, or mended by the steps of a runbook note.</summary>
public static class FindingService
{
    /// <summary>The channel of its actors; no platform has it.</summary>
    public const string Channel = "finding";

    /// <summary>The source of what runbook notes ask for.</summary>
    public const string Source = "runbook";

    /// <summary>The actor of a principal, who is resolved anew each time and has the rights of now.</summary>
    public static Actor Actor(string principal) => new(Channel, "", principal, principal == CheckService.Principal ? "Checks" : principal);
}
