namespace ChatOps.Tools;

/// <summary>A parameter of a tool.</summary>
/// <param name="Name">Lower snake case; <c>--name</c> with dashes on command lines.</param>
/// <param name="Kind">Type.</param>
/// <param name="Description">One line for help and for a model.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Position">0, 1, … when it may be given without its name on command lines; null for named only.</param>
/// <param name="Default">Canonical text of the default.</param>
/// <param name="Choices">For <see cref="ParameterKind.Choice"/>.</param>
/// <param name="Hidden">Not shown in help (revision and hash of buttons).</param>
public sealed record ToolParameter(
    string Name,
    ParameterKind Kind,
    string Description,
    bool Required = false,
    int? Position = null,
    string? Default = null,
    IReadOnlyList<string>? Choices = null,
    bool Hidden = false)
{
    /// <summary>Whether it may be given more than once on command lines (several words for the last positional one); the values are joined by commas.</summary>
    public bool Repeatable { get; init; }

    /// <summary>The JSON schema of a text that is JSON, for models and programs; null for plain text.</summary>
    public string? JsonSchema { get; init; }

    /// <summary>Whether its value is the id of an upload (see <see cref="IUploads"/>); a command line takes a path and uploads what is there.</summary>
    public bool IsUpload { get; init; }

    /// <summary>The parameter that makes this required one unnecessary when it is given.</summary>
    public string? Unless { get; init; }
}
