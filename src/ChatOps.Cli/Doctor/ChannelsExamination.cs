using System.Runtime.CompilerServices;
using ChatOps.Diagnostics;
using ChatOps.Host;

namespace ChatOps.Cli.Doctor;

/// <summary>Every enabled channel, tried against its service with the configured credentials.</summary>
internal sealed class ChannelsExamination : IExamination
{
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var setups = new ChannelSetups(patient.Settings);
        foreach (var setup in setups.All)
        {
            if (!setups.IsEnabled(setup))
            {
                yield return new($"{setup.Name}.off", PartState.Ok, $"{setup.Title} is not set up (chatops onboard --preset {setup.Name}).");
                continue;
            }

            var findings = await setup.CheckAsync(setups.Values(setup), cancellationToken);
            foreach (var finding in findings) yield return new(finding.Id, finding.State, $"{setup.Title}: {finding.Text}", finding.Remedy);
            if (findings.Count == 0) yield return new($"{setup.Name}.ok", PartState.Ok, $"{setup.Title} answers.");
        }
    }
}
