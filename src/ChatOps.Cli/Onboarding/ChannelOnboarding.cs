using ChatOps.Channels;
using ChatOps.Diagnostics;
using ChatOps.Host;

namespace ChatOps.Cli.Onboarding;

/// <summary>Sets up one channel: asks what it needs, tries it against the service, and only then keeps it.</summary>
/// <param name="setup">What it needs.</param>
/// <param name="known">Values that are configured already (resolved), by key below the channel's section.</param>
/// <param name="questions">Who is asked; null: nobody, and only what is configured counts.</param>
/// <param name="say">For findings.</param>
internal sealed class ChannelOnboarding(IChannelSetup setup, IReadOnlyDictionary<string, string> known, Questions? questions, Action<string> say)
{
    /// <summary>How often somebody may try again.</summary>
    private const int MaxTries = 5;

    private string Section => $"Channels:{setup.Title}";

    /// <summary>Sets it up.</summary>
    /// <returns>Whether it will work; when not, nothing of it is kept.</returns>
    public async Task<bool> RunAsync(OwnSettingsFile settings, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var given = Ask();
            var values = new Dictionary<string, string>(known, StringComparer.Ordinal);
            foreach (var (field, value) in given) values[field.Key] = value;
            if (Missing(values) is { } missing)
            {
                say($"{setup.Title}: {missing}");
                return false;
            }

            say($"Trying it with {setup.Title} …");
            var findings = await setup.CheckAsync(values, cancellationToken);
            foreach (var finding in findings) say(Line(finding));
            if (findings.All(f => f.State != PartState.Failed))
            {
                Keep(settings, given);
                return true;
            }

            if (questions is null || tries == MaxTries || !questions.Confirm("That does not work yet. Answer again?", otherwise: true)) return false;
        }
    }

    private List<(ChannelSetupField Field, string Value)> Ask()
    {
        var given = new List<(ChannelSetupField, string)>();
        if (questions is null) return given;
        foreach (var field in setup.Fields)
        {
            while (true)
            {
                var hint = known.ContainsKey(field.Key) ? " (empty: keep what is configured)" : field.Required ? "" : " (may be empty)";
                var answer = questions.Ask(field.Prompt + hint + ":", field.Secret);
                if (answer.Length == 0 && (known.ContainsKey(field.Key) || !field.Required)) break;
                var problem = answer.Length == 0 ? "it is needed." : field.Problem(answer);
                if (problem is null)
                {
                    given.Add((field, answer));
                    break;
                }

                questions.Say($"That cannot be right: {problem}");
            }
        }

        return given;
    }

    private string? Missing(Dictionary<string, string> values)
    {
        var missing = setup.Fields.Where(f => f.Required && !values.ContainsKey(f.Key)).Select(f => $"{SettingsEnvironment.Prefix}{Section.Replace(":", "__", StringComparison.Ordinal)}__{f.Key}").ToList();
        return missing.Count == 0 ? null : $"nobody is asked with --yes, and it needs {string.Join(" and ", missing)} in the environment (or the keys in a settings file).";
    }

    private void Keep(OwnSettingsFile settings, List<(ChannelSetupField Field, string Value)> given)
    {
        settings.Set($"{Section}:Enabled", true);
        foreach (var (field, value) in given)
        {
            if (field.Secret) settings.SetSecret($"{Section}:{field.Key}", value);
            else settings.Set($"{Section}:{field.Key}", value);
        }
    }

    private static string Line(ChannelFinding finding)
    {
        var mark = finding.State switch { PartState.Ok => "ok", PartState.Degraded => "look", _ => "WRONG" };
        return $"  {mark,-6} {finding.Text}" + (finding.State == PartState.Ok || finding.Remedy.Length == 0 ? "" : $"{Environment.NewLine}         → {finding.Remedy}");
    }
}
