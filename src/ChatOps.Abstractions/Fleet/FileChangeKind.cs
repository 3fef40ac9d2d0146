namespace ChatOps.Fleet;

/// <summary>The ways to change a file.</summary>
public enum FileChangeKind
{
    /// <summary>Create it, or replace its whole content.</summary>
    Write,

    /// <summary>Add text at its end, beginning on a new line and ending with one; created when missing.</summary>
    Append,

    /// <summary>Replace a piece of text that occurs in it.</summary>
    Edit,
}
