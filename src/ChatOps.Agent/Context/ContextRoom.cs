using ChatOps.Agent.Models;
using ChatOps.Tools;

namespace ChatOps.Agent.Context;

/// <summary>How many tokens there are for messages: the model's window without its answer and without what it is told of the tools.</summary>
internal sealed class ContextRoom(IModels models, IToolCatalogue tools)
{
    // An estimate is one.
    private const double Margin = 0.9;
    private const int PerTool = 30;
    private const int PerParameter = 12;
    private const int Least = 1_000;

    // Without a model nobody reads it; it is bounded all the same.
    private static readonly ModelLimits Unasked = new(128_000, 8_000);

    private readonly Lazy<int> toolTokens = new(() => tools.All.Sum(Of));

    /// <summary>The tokens.</summary>
    public int Tokens
    {
        get
        {
            var limits = models.Any ? models.LimitsOf(null) : Unasked;
            return Math.Max(Least, (int)((limits.ContextTokens - limits.OutputTokens) * Margin) - toolTokens.Value);
        }
    }

    private static int Of(ToolManifest tool) =>
        PerTool + TokenEstimate.Of(tool.Name) + TokenEstimate.Of(tool.Summary) + tool.Parameters.Sum(p => PerParameter + TokenEstimate.Of(p.Name) + TokenEstimate.Of(p.Description));
}
