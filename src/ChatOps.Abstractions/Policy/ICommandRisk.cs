namespace ChatOps.Policy;

/// <summary>Judges POSIX shell command lines. Pure and thread-safe; never throws for any input, however hostile.</summary>
public interface ICommandRisk
{
    /// <summary>Judges one command line. What cannot be parsed asks (<see cref="Risk.Change"/> or worse), it never runs at once.</summary>
    /// <param name="commandLine">The line as a person or a model wrote it; may be of any size and content.</param>
    CommandAssessment Assess(string commandLine);
}
