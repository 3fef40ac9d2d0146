using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>Whether the configured tokens and keys are still taken, and how many days the one that ends first has left. What is not taken is believed at once; who did not answer is asked again.</summary>
internal sealed class CredentialProbe(GatewayTargets targets, Lazy<ICredentials> credentials, TimeProvider time) : IProbe
{
    public bool Takes(CheckDefinition check) => check.Kind == CheckKind.Credential;

    public Task<IReadOnlyList<Observation>> LookAsync(CheckDefinition check, CancellationToken cancellationToken) =>
        targets.LookAsync(check, async (target, _, stop) => Of(check, target, await credentials.Value.LookAsync(check.List("credentials"), stop)), cancellationToken);

    private Observation Of(CheckDefinition check, string target, IReadOnlyList<CredentialLook> looks)
    {
        if (looks.Count == 0) return Observation.Unknown(target, "No channel and no model is configured, so there is no credential to look at.");
        var evidence = string.Join('\n', looks.Select(l => $"{l.Name}: {l.Text}{(l.EndsAt is { } at ? $" It ends {at:yyyy-MM-dd HH:mm} UTC." : "")}"));
        if (looks.Where(l => l.Valid == false).ToList() is { Count: > 0 } bad)
            return new Observation(target, check.Severity, null, Sentence(bad, "is not taken any more", "are not taken any more")) { Transient = false, Evidence = evidence };
        if (looks.Where(l => l.Valid is null).ToList() is { Count: > 0 } silent)
            return Observation.Unknown(target, Sentence(silent, "could not be asked after", "could not be asked after")) with { Evidence = evidence };
        if (looks.Where(l => l.EndsAt is not null).MinBy(l => l.EndsAt) is not { } first) return Observation.Ok(target, Sentence(looks, "is taken", "are taken")) with { Evidence = evidence };
        var days = Math.Floor((first.EndsAt!.Value - time.GetUtcNow()).TotalDays);
        return Observation.Ok(target, $"The credential of {first.Name} ends in {days:0} days.", days) with { Transient = false, Evidence = evidence };
    }

    private static string Sentence(IReadOnlyList<CredentialLook> looks, string one, string several)
    {
        var names = looks.Select(l => l.Name).Distinct(StringComparer.Ordinal).ToList();
        return names is [var only] ? $"The credential of {only} {one}." : $"The credentials of {string.Join(", ", names)} {several}.";
    }
}
