using System.Globalization;
using ChatOps.Costs;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Cost;

/// <summary>Says what models cost.</summary>
internal sealed partial class CostTool(IStore store, IBudgets budgets, TimeProvider time) : ITool
{
    /// <summary>How many rows are listed at most.</summary>
    private const int MaxListed = 100;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show what models cost");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var group = Enum.Parse<UsageGroup>(call.Arguments.Required("by"), ignoreCase: true);
        var since = time.GetUtcNow() - call.Arguments.Duration("since")!.Value;
        var (sums, states) = await store.ReadAsync(
            session => (session.Usage.Sum(group, since, MaxListed), budgets.Look(session, call.Principal.Id, call.Conversation?.Id)), cancellationToken);
        var total = sums.Sum(s => s.Cost);
        var headline = sums.Count == 0 ? "No model was asked in this time." : $"{Money.Text(total)} for {Number(sums.Sum(s => s.Requests))} requests to models since {since:yyyy-MM-dd HH:mm} UTC.";
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(headline)) };
        if (sums.Count > 0)
        {
            blocks.Add(new TableBlock([group.ToString(), "Requests", "Tokens in", "Tokens out", "Cost"],
                [.. sums.Select(s => (IReadOnlyList<string>)[s.Key, Number(s.Requests), Number(s.InputTokens), Number(s.OutputTokens), Cost(s)])]));
        }

        if (states.Count > 0) blocks.Add(new FieldsBlock([.. states.Select(s => new Field(BudgetWords.Name(s.Scope), $"{Money.Text(s.Spent)} of {Money.Text(s.Limit)} today"))]));
        if (sums.Any(s => s.Unpriced > 0)) blocks.Add(new TextBlock("Requests without a known price count as nothing; set Prices at their model (docs/models.md)."));
        return ToolAnswer.Done(headline, new RichMessage(blocks), new
        {
            since,
            by = group,
            currency = "USD",
            pricesOf = budgets.PricesOf,
            total = Dollars(total),
            rows = sums.Select(s => new { key = s.Key, requests = s.Requests, inputTokens = s.InputTokens, outputTokens = s.OutputTokens, cost = Dollars(s.Cost), estimated = s.Estimated, unpriced = s.Unpriced }),
            budgets = states.Select(s => new { scope = s.Scope, subject = s.Subject, spent = Dollars(s.Spent), limit = Dollars(s.Limit) }),
        });
    }

    private static string Cost(UsageSum sum) => sum.Unpriced == sum.Requests ? "no price" : Money.Text(sum.Cost) + (sum.Estimated > 0 ? " (estimated in part)" : "");

    private static decimal Dollars(long amount) => (decimal)amount / Money.Dollar;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
