namespace ChatOps.Tools;

/// <summary>All tools' definitions, for help, completion, CLI, HTTP and models.</summary>
public interface IToolCatalogue
{
    /// <summary>Ordered by name.</summary>
    IReadOnlyList<ToolManifest> All { get; }

    /// <summary>One by name.</summary>
    ToolManifest? Find(string name);
}
