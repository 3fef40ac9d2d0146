using ChatOps.Costs;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Cost;

/// <summary>Raises a budget for today. The permission decides who may, and the record holds who did.</summary>
internal sealed partial class CostRaiseTool(IStore store, IBudgets budgets, IPrincipals principals, IIdGenerator ids, TimeProvider time) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "cost.raise", "Models may cost more today.", $"Raise the budget of {Subject(call)} by ${call.Arguments.Required("by").TrimStart('$')} for today",
        $"cost raise {call.Arguments.Required("budget")} {call.Arguments.Text("of")} --by {call.Arguments.Required("by")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var scope = Enum.Parse<BudgetScope>(call.Arguments.Required("budget"), ignoreCase: true);
        var subject = scope == BudgetScope.Day ? "" : call.Arguments.Text("of");
        if (!Money.TryRead(call.Arguments.Required("by"), out var amount))
            return ToolAnswer.Failed(FailureCode.BadArguments, $"'--by' is an amount in US dollars such as 5 or 0.50, up to {Money.MaxDollars:0}.");
        if (subject is null) return ToolAnswer.Failed(FailureCode.BadArguments, $"Whose? Write: cost raise {call.Arguments.Required("budget")} NAME --by {call.Arguments.Required("by")}");
        if (budgets.LimitOf(scope) is null)
            return ToolAnswer.Failed(FailureCode.NotFound, $"There is no such budget: Agent:Budgets:{scope} is not set, so nothing is held to it.");
        if (scope == BudgetScope.Person && principals.All().All(p => p.Id != subject))
            return ToolAnswer.Failed(FailureCode.NotFound, $"There is no person '{subject}'. 'access people' lists them.");
        var now = time.GetUtcNow();
        var raise = new BudgetRaise(ids.NewId(), DateOnly.FromDateTime(now.UtcDateTime), scope, subject, amount, call.Principal.Id, now);
        var limit = await store.WriteAsync(
            session =>
            {
                session.Usage.Raise(raise);
                session.PublishAfterCommit(new BudgetsChanged());
                return budgets.LimitOf(scope)!.Value + session.Usage.Raised(raise.Day, scope, subject);
            },
            cancellationToken);
        return ToolAnswer.Done($"The budget of {Subject(call)} is {Money.Text(limit)} for today. What waits at it goes on by itself.", new { scope, subject, raisedBy = (decimal)amount / Money.Dollar, limit = (decimal)limit / Money.Dollar, day = raise.Day });
    }

    private static string Subject(ToolCall call) => call.Arguments.Required("budget") switch
    {
        "day" => "everybody",
        "conversation" => $"the conversation {call.Arguments.Text("of")}",
        _ => call.Arguments.Text("of") ?? "nobody",
    };
}
