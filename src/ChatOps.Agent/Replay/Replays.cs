using ChatOps.Agent.Models;
using ChatOps.Identity;
using ChatOps.Models;
using ChatOps.Policy;
using ChatOps.Rendering;
using ChatOps.Storage;

namespace ChatOps.Agent.Replay;

/// <summary>Replays the turns of a conversation one by one. Each is told what was recorded before it, so that one that differs does not make all later ones differ.</summary>
internal sealed class Replays(IStore store, IPrincipals principals, IPolicyTrial trial, ReplayVerdicts verdicts, ReplayModel model) : IReplays
{
    private const int PageSize = 100;
    private const int MaxEntries = 5_000;
    private const int MaxAsked = 200;

    /// <inheritdoc/>
    public async Task<ReplayReport> RunAsync(ReplayRequest request, Principal by, CancellationToken cancellationToken)
    {
        var recorded = await store.ReadAsync(s => Recorded(s, request.ConversationId, request.Turns), cancellationToken);
        if (recorded.Count == 0) return new([], $"In the conversation '{request.ConversationId}' there is no turn that a model led. A conversation is named as in /audit: web/NAME, telegram/CHAT, …");
        var turns = new List<ReplayedTurn>();
        string? problem = null;
        async Task AllAsync()
        {
            foreach (var turn in recorded)
            {
                if (await OneAsync(turn, request, by, cancellationToken) is { } done) turns.Add(done);
            }
        }

        try
        {
            if (request.PolicyText is not { } policy) await AllAsync();
            else if (await trial.UnderAsync(policy, AllAsync) is { } wrong) problem = $"The policy is not good: {wrong}";
        }
        catch (ModelException e)
        {
            problem = e.Message;
        }

        return new(turns, problem);
    }

    private async Task<ReplayedTurn?> OneAsync(RecordedTurn turn, ReplayRequest request, Principal by, CancellationToken cancellationToken)
    {
        var item = turn.Turn.Item;
        // Whoever is not known any more could ask for nothing now.
        if (principals.Resolve(item.Actor) is not { } principal) return null;
        var before = new List<ReplayedCall>();
        foreach (var call in turn.Calls) before.Add(await verdicts.BeforeAsync(call, cancellationToken));
        var now = new List<ReplayedCall>();
        string? answer = null;
        if (request.Model is { } name)
        {
            var (calls, said) = await model.AskAsync(turn, principal, name, new ModelPayer(by.Id, item.ConversationId, null), cancellationToken);
            now.AddRange(calls);
            answer = said;
        }
        else
        {
            foreach (var call in turn.Calls) now.Add(await verdicts.NowAsync(turn.Turn, call.Call, call.TaintedBy, call.Result is not null, cancellationToken));
        }

        return new ReplayedTurn(item.Id, Short(item.Text), before, now, turn.Answer, answer);
    }

    private static List<RecordedTurn> Recorded(IStoreSession session, string conversationId, int turns)
    {
        var found = new List<RecordedTurn>();
        string? before = null;
        for (var seen = 0; found.Count < turns && seen < MaxEntries;)
        {
            var page = session.Conversations.Timeline(conversationId, before, PageSize);
            foreach (var item in page.Reverse().Select(e => e.Inbound).OfType<InboxItem>().Where(i => session.TurnSteps.Any(i.Id)))
            {
                if (found.Count < turns) found.Add(new RecordedTurn(item, session.TurnSteps.Of(item.Id)));
            }

            if (page.Count < PageSize) break;
            before = page[0].Id;
            seen += page.Count;
        }

        found.Reverse();
        return found;
    }

    private static string Short(string text) => text.Length <= MaxAsked ? text : TextSplitter.Split(text, MaxAsked, static t => t.Length, fenced: false)[0] + "…";
}
