using ChatOps.Cli.Doctor;

namespace ChatOps.Cli.Security;

/// <summary>One thing that <c>chatops security audit</c> looks at. Changes nothing.</summary>
internal interface ISecurityCheck
{
    /// <summary>The ids of what it may find: one of another name is a defect.</summary>
    IReadOnlyList<string> Ids { get; }

    /// <summary>Looks.</summary>
    IAsyncEnumerable<SecurityFinding> LookAsync(Patient patient, CancellationToken cancellationToken);
}
