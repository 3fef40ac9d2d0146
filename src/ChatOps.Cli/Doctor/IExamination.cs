namespace ChatOps.Cli.Doctor;

/// <summary>One thing that <c>chatops doctor</c> looks at. Changes nothing.</summary>
internal interface IExamination
{
    /// <summary>Looks.</summary>
    IAsyncEnumerable<Finding> LookAsync(Patient patient, CancellationToken cancellationToken);
}
