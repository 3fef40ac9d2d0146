namespace ChatOps.Tools;

/// <summary>All tools' definitions, for help, completion, CLI, HTTP and models.</summary>
public interface IToolCatalogue
{
    /// <summary>Ordered by name.</summary>
    IReadOnlyList<ToolManifest> All { get; }

    /// <summary>Those that are there from the start: command lines are made of them. Others come and go with their servers.</summary>
    IReadOnlyList<ToolManifest> BuiltIn => All;

    /// <summary>One by name.</summary>
    ToolManifest? Find(string name);
}
