using System.Collections.Concurrent;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Channels;

namespace ChatOps.Tests.Bus;

public sealed class InboxTests : IAsyncLifetime
{
    private readonly TempDirectory directory = new();
    private readonly RecordingHandler<MessageAccepted> wakeUps = new();
    private BusHarness harness = null!;

    public async ValueTask InitializeAsync() =>
        harness = await BusHarness.StartAsync(directory, TimeProvider.System, [new FakeChannel()], wakeUps.AddTo);

    public async ValueTask DisposeAsync()
    {
        await harness.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task What_is_accepted_is_in_the_store_and_wakes_a_worker()
    {
        var message = Some.Inbound(text: "/run uptime --on local");
        var receipt = await AcceptAsync(message);
        Assert.Equal(InboxStatus.Accepted, receipt.Status);
        var item = await FindAsync(receipt.InboxId!);
        Assert.Equal(("/run uptime --on local", InboxState.Accepted, message.Conversation.Id), (item.Text, item.State, item.ConversationId));
        await Until.TrueAsync(() => wakeUps.Seen.Any(w => (w.InboxId, w.ConversationId) == (receipt.InboxId!, message.Conversation.Id)));
    }

    [Fact]
    public async Task Sixty_four_copies_at_once_are_accepted_once_and_all_know_the_same_id()
    {
        var message = Some.Inbound();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => AcceptAsync(message))));
        Assert.Single(receipts, r => r.Status == InboxStatus.Accepted);
        Assert.Equal(63, receipts.Count(r => r.Status == InboxStatus.Duplicate));
        Assert.Single(receipts.Select(r => r.InboxId).Distinct());
        await Until.TrueAsync(() => !wakeUps.Seen.IsEmpty);
        Assert.Equal(1, (await harness.Store.ReadAsync(s => s.Inbox.Waiting(), CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Two_hundred_events_each_four_times_in_disorder_are_two_hundred_messages()
    {
        var events = Enumerable.Range(0, 200).Select(i => Some.Inbound(Some.Conversation(chat: $"c{i % 7}"))).ToList();
        var copies = events.SelectMany(e => Enumerable.Repeat(e, 4)).ToArray();
        new Random(7).Shuffle(copies);
        var receipts = new ConcurrentBag<InboxReceipt>();
        await Parallel.ForEachAsync(copies, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (copy, _) => receipts.Add(await AcceptAsync(copy)));
        Assert.Equal(200, receipts.Count(r => r.Status == InboxStatus.Accepted));
        Assert.Equal(600, receipts.Count(r => r.Status == InboxStatus.Duplicate));
        Assert.Equal(200, (await harness.Store.ReadAsync(s => s.Inbox.Waiting(), CancellationToken.None)).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    [InlineData("\u200b\u202e")]
    public async Task A_message_without_visible_text_is_refused(string text)
    {
        var receipt = await AcceptAsync(Some.Inbound(text: text));
        Assert.Equal((InboxStatus.Refused, null), (receipt.Status, receipt.InboxId));
        Assert.Contains("empty", receipt.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((64 * 1024) + 1)]
    [InlineData(1024 * 1024)]
    public async Task A_message_that_is_too_long_is_refused_with_both_lengths_and_stored_nowhere(int length)
    {
        var message = Some.Inbound(text: new string('x', length));
        var receipt = await AcceptAsync(message);
        Assert.Equal(InboxStatus.Refused, receipt.Status);
        Assert.Contains(length.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), receipt.Reason, StringComparison.Ordinal);
        Assert.Contains("65,536", receipt.Reason, StringComparison.Ordinal);
        Assert.Null(await harness.Store.ReadAsync(s => s.Inbox.Next(message.Conversation.Id), CancellationToken.None));
    }

    [Fact]
    public async Task The_longest_message_is_stored_whole()
    {
        var text = new string('é', InboundMessage.MaxTextLength);
        var receipt = await AcceptAsync(Some.Inbound(text: text));
        Assert.Equal(text, (await FindAsync(receipt.InboxId!)).Text);
    }

    [Fact]
    public async Task A_secret_is_not_stored_even_when_invisible_characters_split_it()
    {
        var split = FakeRedactor.Secret.Insert(3, "\u200b").Insert(7, "\u0000");
        var receipt = await AcceptAsync(Some.Inbound(text: $"use {split} please"));
        Assert.Equal($"use {FakeRedactor.Marker} please", (await FindAsync(receipt.InboxId!)).Text);
    }

    [Fact]
    public async Task A_button_keeps_its_token_and_loses_the_secret_in_its_reason()
    {
        var receipt = await AcceptAsync(Some.Inbound(text: $"Abc-123_x because {FakeRedactor.Secret}", kind: InboundKind.Action));
        Assert.Equal($"Abc-123_x because {FakeRedactor.Marker}", (await FindAsync(receipt.InboxId!)).Text);
    }

    [Theory]
    [InlineData("01234567890123456789012345678901234567890")]
    [InlineData("to\nken")]
    [InlineData(" token")]
    public async Task A_button_that_cannot_be_ours_is_refused(string token) =>
        Assert.Equal(InboxStatus.Refused, (await AcceptAsync(Some.Inbound(text: token, kind: InboundKind.Action))).Status);

    [Fact]
    public async Task An_id_of_another_kind_of_length_is_refused_instead_of_cut()
    {
        var receipt = await AcceptAsync(Some.Inbound(key: new string('k', 513)));
        Assert.Equal(InboxStatus.Refused, receipt.Status);
    }

    [Fact]
    public async Task A_voice_note_without_a_word_is_taken_with_all_that_the_platform_told()
    {
        var note = new InboundFile(InboundFileKind.Voice, "file-1", "voice.ogg", "audio/ogg", 4096, TimeSpan.FromSeconds(3));
        var context = new InboundContext { Group = "Ops", Anchor = "17", Tenant = "T1", Files = [note] };
        var receipt = await AcceptAsync(Some.Inbound(text: "") with { Context = context });
        var stored = (await FindAsync(receipt.InboxId!)).Context;
        Assert.Equal(("Ops", "17", "T1", note), (stored.Group, stored.Anchor, stored.Tenant, Assert.Single(stored.Files)));
    }

    [Fact]
    public async Task Names_of_groups_and_files_are_cleaned_and_a_file_name_is_no_path()
    {
        var file = new InboundFile(InboundFileKind.Document, "r", $"../../etc/{FakeRedactor.Secret}\u202e\\x", "text/plain\n");
        var receipt = await AcceptAsync(Some.Inbound() with { Context = new InboundContext { Group = "Ops\u202e\nroom", Files = [file] } });
        var stored = (await FindAsync(receipt.InboxId!)).Context;
        Assert.Equal($".._.._etc_{FakeRedactor.Marker}_x", stored.Files[0].Name);
        Assert.DoesNotContain('\u202e', stored.Group!);
        Assert.DoesNotContain('\n', stored.Group!);
        Assert.Equal("text/plain", stored.Files[0].MediaType);
    }

    [Fact]
    public async Task A_context_beyond_its_bounds_is_refused()
    {
        var file = new InboundFile(InboundFileKind.Document, "r", "name");
        InboundContext[] bad =
        [
            new() { Files = [.. Enumerable.Repeat(file, InboundContext.MaxFiles + 1)] }, new() { Group = new string('g', InboundContext.MaxTextLength + 1) },
            new() { Anchor = new string('a', InboundContext.MaxTextLength + 1) }, new() { Files = [file with { Reference = "" }] }, new() { Files = [file with { Bytes = -1 }] },
            new() { Files = [file with { Reference = new string('r', InboundContext.MaxTextLength + 1) }] },
        ];
        foreach (var context in bad) Assert.Equal(InboxStatus.Refused, (await AcceptAsync(Some.Inbound() with { Context = context })).Status);
        Assert.Equal(InboxStatus.Accepted, (await AcceptAsync(Some.Inbound() with { Context = new() { Files = [.. Enumerable.Repeat(file, InboundContext.MaxFiles)] } })).Status);
    }

    [Fact]
    public async Task Nobody_writes_into_a_private_conversation_of_somebody_else()
    {
        var conversation = Some.Conversation("web");
        var mine = await AcceptAsync(Some.Inbound(conversation) with { Owner = "ada" });
        var theirs = await AcceptAsync(Some.Inbound(conversation) with { Owner = "eve" });
        var unowned = await AcceptAsync(Some.Inbound(conversation));
        Assert.Equal([InboxStatus.Accepted, InboxStatus.Refused, InboxStatus.Refused], [mine.Status, theirs.Status, unowned.Status]);
        Assert.Contains("somebody else", theirs.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_conversation_is_called_by_the_first_line_of_its_first_message()
    {
        var conversation = Some.Conversation();
        await AcceptAsync(Some.Inbound(conversation, "  /run uptime --on local\nand more"));
        await AcceptAsync(Some.Inbound(conversation, "/status"));
        Assert.Equal("/run uptime --on local", (await harness.Store.ReadAsync(s => s.Conversations.Find(conversation.Id), CancellationToken.None))!.Title);
    }

    [Fact]
    public async Task When_the_store_cannot_take_it_the_answer_is_a_refusal_with_the_reason()
    {
        var message = Some.Inbound();
        var inbox = new ChatOps.Bus.Inbox(new UnavailableStore("The disk is full."), harness.Get<IIdGenerator>(), TimeProvider.System,
            harness.Get<ChatOps.Bus.InboundCleaner>(), harness.Get<Lazy<IReplies>>(), harness.Get<ChatOps.Bus.Outages>(), harness.Get<ChatOps.Bus.BusMetrics>());
        Assert.Equal(new InboxReceipt(InboxStatus.Refused, null, "The disk is full.") { ComesAgain = true }, await inbox.AcceptAsync(message, CancellationToken.None));
        Assert.Equal(InboxStatus.Accepted, (await AcceptAsync(message)).Status);
    }

    private Task<InboxReceipt> AcceptAsync(InboundMessage message) => harness.Inbox.AcceptAsync(message, CancellationToken.None);

    private async Task<InboxItem> FindAsync(string id) => (await harness.Store.ReadAsync(s => s.Inbox.Find(id), CancellationToken.None))!;
}
