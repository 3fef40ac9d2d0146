namespace ChatOps.Fleet;

/// <summary>An entry of a directory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SizeBytes">Size of a file.</param>
/// <param name="Modified">When its content last changed.</param>
/// <param name="Mode">Permissions as <c>ls</c> shows them, such as <c>rw-r--r--</c>.</param>
public sealed record FileEntry(string Name, FileKind Kind, long SizeBytes, DateTimeOffset Modified, string Mode);
