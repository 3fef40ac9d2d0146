using ChatOps.Storage;

namespace ChatOps.Tests.Storage;

/// <summary>Questions that are asked together with the next one.</summary>
public abstract class AnswerTests(StoreKind kind)
{
    [Fact]
    public async Task An_answer_is_how_things_stood_when_it_was_asked()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Inbox.Add(Rows.Inbox("a1"));
            s.Inbox.Add(Rows.Inbox("a2"));
        });

        var (before, besides, none, after) = await store.WriteAsync(s =>
        {
            var first = s.Inbox.AskNext("web/c1");
            s.Inbox.SetState("a1", InboxState.Done, null, null);
            var second = s.Inbox.AskNext("web/c1", besides: "a2");
            s.Inbox.SetState("a2", InboxState.Working, null, null);
            var third = s.Inbox.AskNext("web/c1");
            return (first.Value?.Id, third.Value?.State, second.Value?.Id, s.Inbox.Find("a1")?.State);
        });

        Assert.Equal(("a1", InboxState.Working, null, InboxState.Done), (before, besides, none, after));
    }

    [Fact]
    public async Task The_next_question_carries_it_and_a_file_answers_at_once()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")));

        var (atOnce, then) = await store.WriteAsync(s =>
        {
            var next = s.Inbox.AskNext("web/c1");
            var known = next.IsKnown;
            s.Inbox.Find("a1");
            return (known, next.IsKnown);
        });

        Assert.Equal((kind == StoreKind.Sqlite, true), (atOnce, then));
    }

    [Fact]
    public async Task A_step_that_has_ended_holds_up_none_although_that_is_not_written_down_yet()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            foreach (var id in (string[])["m1", "m2"]) s.Outbox.AddMessage(Rows.Message(id));
            s.Outbox.Add(Rows.Step("o1", "m1"));
            s.Outbox.Add(Rows.Step("o2", "m2"));
            s.Outbox.SetState("o1", OutboxState.Sending, null, null, Rows.Noon);
        });

        var (held, next) = await store.WriteAsync(s => (s.Outbox.AskNext("web/c1", Rows.Noon).Value, s.Outbox.AskNext("web/c1", Rows.Noon, ended: "o1").Value?.Item.Id));

        Assert.Null(held);
        Assert.Equal("o2", next);
    }

    [Fact]
    public async Task Answers_that_nobody_looks_at_disturb_no_other_write_of_the_group()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await using var held = await HeldWrite.BeginAsync(store);

        var writes = Enumerable.Range(0, 40).Select(i => store.WriteAsync(s =>
        {
            var next = s.Inbox.AskNext("web/c1");
            s.Inbox.SetState("none", InboxState.Done, null, null);
            if (i % 3 == 0) return null;
            if (i % 7 == 0) throw new ArgumentException("this one alone");
            s.Inbox.Add(Rows.Inbox($"a{i:00}"));
            return i % 2 == 0 ? next.Value?.Id ?? "none" : s.Inbox.Find($"a{i:00}")?.Id;
        })).ToList();
        await held.EndAsync();
        await Task.WhenAll(writes.Select(w => w.ContinueWith(_ => { }, TaskScheduler.Default)));

        for (var i = 0; i < writes.Count; i++)
        {
            if (i % 3 == 0) Assert.Null(await writes[i]);
            else if (i % 7 == 0) await Assert.ThrowsAsync<ArgumentException>(() => writes[i]);
            else if (i % 2 == 0) Assert.Equal("a01", await writes[i]);
            else Assert.Equal($"a{i:00}", await writes[i]);
        }
    }

    [Fact]
    public async Task An_answer_does_not_outlive_its_transaction()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")));
        IAnswer<InboxItem?>? kept = null;
        await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync<int>(s =>
        {
            kept = s.Inbox.AskNext("web/c1");
            throw new ArgumentException("before anything carried it");
        }));

        if (kept!.IsKnown) Assert.Equal("a1", kept.Value?.Id);
        else Assert.Throws<InvalidOperationException>(() => kept.Value);
    }

    public sealed class OnSqlite() : AnswerTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : AnswerTests(StoreKind.PostgreSql);
}
