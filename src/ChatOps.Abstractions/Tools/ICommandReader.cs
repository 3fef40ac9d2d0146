namespace ChatOps.Tools;

/// <summary>Reads command lines as people type them in chat, for those who run them at another time.</summary>
public interface ICommandReader
{
    /// <summary>Reads a line, with or without its slash.</summary>
    CommandReading Read(string line);
}
