namespace ChatOps.Tools;

/// <summary>The definitions, without the implementations.</summary>
internal sealed class ToolCatalogue(IReadOnlyList<ToolManifest> manifests) : IToolCatalogue
{
    public IReadOnlyList<ToolManifest> All => manifests;

    public ToolManifest? Find(string name) => manifests.FirstOrDefault(m => m.Name == name);
}
