using ChatOps.Outside;

namespace ChatOps.Tools;

/// <summary>The definitions, without the implementations; and those that servers bring while the gateway runs.</summary>
internal sealed class ToolCatalogue(IReadOnlyList<ToolManifest> manifests, IOutsideTools? outside) : IToolCatalogue
{
    public IReadOnlyList<ToolManifest> BuiltIn => manifests;

    public IReadOnlyList<ToolManifest> All => outside?.Usable is { Count: > 0 } more ? [.. manifests, .. more] : manifests;

    public ToolManifest? Find(string name) => manifests.FirstOrDefault(m => m.Name == name) ?? outside?.Usable.FirstOrDefault(m => m.Name == name);
}
