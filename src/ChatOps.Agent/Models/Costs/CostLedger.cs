using ChatOps.Costs;
using ChatOps.Storage;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models.Costs;

/// <summary>Keeps account of each request: the most that it can cost is put aside before it begins, what it did cost is written when it ends.</summary>
internal sealed class CostLedger(IStore store, IBudgets budgets, PriceList prices, ModelMetrics metrics, IIdGenerator ids, TimeProvider time)
{
    /// <summary>Puts aside the most that a request can cost.</summary>
    /// <exception cref="ModelException">That would go over a budget.</exception>
    public async Task<UsageRow> ReserveAsync(ModelOptions entry, ModelPayer payer, IReadOnlyList<ChatMessage> messages, IReadOnlyList<AITool> tools, CancellationToken cancellationToken)
    {
        var price = prices.Of(entry);
        var input = (long)messages.Sum(TokenEstimate.Of) + tools.Sum(TokenEstimate.Of);
        var row = new UsageRow(ids.NewId(), payer.Principal, payer.ConversationId, payer.Schedule, entry.Name, time.GetUtcNow())
        {
            InputTokens = input, OutputTokens = entry.MaxTokens, Cost = price?.Cost(input, 0, entry.MaxTokens) ?? 0, IsEstimate = true, IsPriced = price is not null,
        };

        // Looking and writing are one transaction: of two requests at the same time the second sees what the first put aside.
        var refusal = await store.WriteAsync(
            session =>
            {
                var over = row.Cost == 0 ? null : budgets.Look(session, payer.Principal, payer.ConversationId).FirstOrDefault(b => b.Spent + row.Cost > b.Limit);
                if (over is null) session.Usage.Add(row);
                return over;
            },
            cancellationToken);
        return refusal is null ? row : throw BudgetTexts.Over(refusal, row.Cost);
    }

    /// <summary>What a request cost that was answered. Until it is written, what was put aside stands for it.</summary>
    public UsageRow Settled(ModelOptions entry, UsageRow row, ModelStep step, UsageDetails counted)
    {
        var cached = counted.CachedInputTokenCount ?? 0;
        var settled = row with
        {
            ModelId = step.ModelId, InputTokens = step.InputTokens, CachedTokens = cached, OutputTokens = step.OutputTokens,
            Cost = prices.Of(entry)?.Cost(step.InputTokens, cached, step.OutputTokens) ?? 0, IsEstimate = counted.InputTokenCount is null || counted.OutputTokenCount is null,
        };
        metrics.Spent(settled);
        return settled;
    }

    /// <summary>Writes it, also when the person stopped the turn: what was spent was spent.</summary>
    public Task WriteAsync(UsageRow settled) => store.WriteAsync(session => { session.Usage.Settle(settled); return true; }, CancellationToken.None);

    /// <summary>The request failed. One that had begun to be answered is charged for by most services; how much, nobody says.</summary>
    /// <param name="entry">Who was asked.</param>
    /// <param name="row">What was put aside.</param>
    /// <param name="mayCost">Whether it may have cost.</param>
    /// <param name="said">What had been answered.</param>
    public Task FailAsync(ModelOptions entry, UsageRow row, bool mayCost, string said)
    {
        if (!mayCost) return store.WriteAsync(session => { session.Usage.Remove(row.Id); return true; }, CancellationToken.None);
        var output = TokenEstimate.Of(said);
        var settled = row with { OutputTokens = output, Cost = prices.Of(entry)?.Cost(row.InputTokens, 0, output) ?? 0 };
        metrics.Spent(settled);
        return WriteAsync(settled);
    }
}
