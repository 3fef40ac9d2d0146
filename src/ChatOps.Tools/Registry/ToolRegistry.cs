namespace ChatOps.Tools;

/// <summary>The tools by name. Internal, so that only the gate can reach an implementation.</summary>
internal sealed class ToolRegistry : IToolCatalogue
{
    private readonly Dictionary<string, ITool> tools;

    public ToolRegistry(IEnumerable<ITool> tools)
    {
        this.tools = tools.ToDictionary(t => t.Manifest.Name, StringComparer.Ordinal);
        All = this.tools.Values.Select(t => t.Manifest).OrderBy(m => m.Name, StringComparer.Ordinal).ToList();
    }

    public IReadOnlyList<ToolManifest> All { get; }

    public ToolManifest? Find(string name) => FindTool(name)?.Manifest;

    public ITool? FindTool(string name) => tools.GetValueOrDefault(name);
}
