using ChatOps.Tools;

namespace ChatOps.Tests.Agent.Fakes;

internal sealed class Catalogue : IToolCatalogue
{
    public IReadOnlyList<ToolManifest> All => ToolDefinitions.All;

    public ToolManifest? Find(string name) => All.FirstOrDefault(m => m.Name == name);
}
