using System.Runtime.CompilerServices;
using ChatOps.Approvals;
using ChatOps.Cli.Doctor;

namespace ChatOps.Cli.Security;

/// <summary>Whether people are asked, and a second one where it matters.</summary>
internal sealed class RulesCheck : ISecurityCheck
{
    private static readonly TimeSpan LongExpiry = TimeSpan.FromHours(24);

    public IReadOnlyList<string> Ids { get; } = ["approvals.asked", "approvals.one-person", "approvals.long-expiry"];

    public async IAsyncEnumerable<SecurityFinding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var approvals = patient.Settings.Options.Approvals;
        yield return approvals.FourEyes == FourEyes.Never
            ? new("approvals.one-person", Severity.Warning, "Approvals:FourEyes is Never: whoever asks for a change may also approve it, in production too.", "Set it to WhenProd or Always.")
            : new("approvals.asked", Severity.Ok, $"Changes ask a person; a second one: {approvals.FourEyes}.");
        if (approvals.Expiry > LongExpiry)
            yield return new("approvals.long-expiry", Severity.Note, $"A card may be approved for {approvals.Expiry.TotalHours:0} h: the machine may be another by then.", "Shorten Approvals:Expiry.");
    }
}
