using ChatOps.Outside;
using ChatOps.Tools.Outside;

namespace ChatOps.Tools;

/// <summary>The tools by name. Internal and no service, so that only the gate can reach an implementation.</summary>
internal sealed class ToolRegistry(IEnumerable<ITool> tools, IOutsideTools? outside, IOutsideRisks? risks)
{
    private readonly Dictionary<string, ITool> tools = tools.ToDictionary(t => t.Manifest.Name, StringComparer.Ordinal);

    public IEnumerable<string> Names => tools.Keys;

    public ITool? Find(string name) => tools.GetValueOrDefault(name)
        ?? (outside?.Find(name) is { WhyNot: null } found && risks is not null ? new OutsideCallTool(found, outside, risks) : null);
}
