using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Telegram;

namespace ChatOps.Channels.Tests.Telegram;

public sealed class TelegramFileTests
{
    private static readonly byte[] Speech = [.. "OggS"u8.ToArray(), .. Enumerable.Range(0, 200_000).Select(i => (byte)i)];

    [Fact]
    public async Task A_voice_note_comes_in_and_can_be_fetched()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        bench.Server.SendFile(chat, TelegramBench.Ada, "voice", Speech, f => f["duration"] = 3);
        await Until.TrueAsync(() => bench.Accepted.Count == 1);
        var file = Assert.Single(bench.Accepted[0].Context.Files);
        Assert.Equal((InboundFileKind.Voice, Speech.Length, TimeSpan.FromSeconds(3)), (file.Kind, (int)file.Bytes!.Value, file.Duration!.Value));
        using var into = new MemoryStream();
        Assert.Equal(FileFetchStatus.Fetched, (await bench.Channel.FetchFileAsync(file, into, 1_000_000, CancellationToken.None)).Status);
        Assert.Equal(Speech, into.ToArray());
    }

    [Fact]
    public async Task A_file_larger_than_allowed_claimed_or_not_is_not_fetched()
    {
        await using var bench = await TelegramBench.StartAsync();
        var id = bench.Server.Keep("voice", Speech);
        var claimed = new InboundFile(InboundFileKind.Voice, id, "voice.ogg", Bytes: 21 * 1024 * 1024);
        Assert.Equal(FileFetchStatus.TooLarge, (await FetchAsync(bench, claimed, 100_000_000)).Status);
        Assert.Empty(bench.Server.CallsOf("getFile"));
        // Nothing is claimed: Telegram says, and the bytes are counted all the same.
        var silent = claimed with { Bytes = null };
        Assert.Equal(FileFetchStatus.TooLarge, (await FetchAsync(bench, silent, 1_000)).Status);
        var lying = bench.Server.Keep("voice", Speech, size: 10);
        Assert.Equal(FileFetchStatus.TooLarge, (await FetchAsync(bench, silent with { Reference = lying }, 1_000)).Status);
        var huge = bench.Server.Keep("voice", [], size: 30L * 1024 * 1024);
        var refused = await FetchAsync(bench, silent with { Reference = huge }, 100_000_000);
        Assert.Equal((FileFetchStatus.TooLarge, "The file is larger than 20 MiB."), (refused.Status, refused.Reason));
    }

    [Fact]
    public async Task A_file_that_is_gone_and_one_that_cannot_be_fetched_now_are_told_apart()
    {
        await using var bench = await TelegramBench.StartAsync();
        var file = new InboundFile(InboundFileKind.Voice, bench.Server.Keep("voice", Speech), "voice.ogg");
        bench.Server.Fail(new TelegramFault { Method = "download", Cut = true });
        Assert.Equal(FileFetchStatus.Failed, (await FetchAsync(bench, file)).Status);
        bench.Server.Fail(new TelegramFault { Method = "download", Status = 404 });
        Assert.Equal(FileFetchStatus.Gone, (await FetchAsync(bench, file)).Status);
        bench.Server.Fail(TelegramFault.Internal("getFile"));
        Assert.Equal(FileFetchStatus.Failed, (await FetchAsync(bench, file)).Status);
        bench.Server.Forget(file.Reference);
        Assert.Equal(FileFetchStatus.Gone, (await FetchAsync(bench, file)).Status);
    }

    [Fact]
    public async Task A_local_server_names_places_on_its_disk_and_only_those_below_the_configured_one_are_read()
    {
        using var disk = new TempDirectory();
        var (inside, outside) = (Path.Combine(disk.Path, "bot-api"), Path.Combine(disk.Path, "secret.txt"));
        Directory.CreateDirectory(Path.Combine(inside, "documents"));
        await File.WriteAllBytesAsync(Path.Combine(inside, "documents", "file_1.ogg"), Speech);
        await File.WriteAllTextAsync(outside, "secret");
        File.CreateSymbolicLink(Path.Combine(inside, "documents", "link"), outside);
        Directory.CreateSymbolicLink(Path.Combine(inside, "way-out"), disk.Path);
        await using var bench = await TelegramBench.StartAsync(change: o => o.LocalFiles = inside);
        Assert.Equal(FileFetchStatus.Fetched, await Of("documents/file_1.ogg"));
        Assert.Equal(FileFetchStatus.Gone, await Of("documents/file_2.ogg"));
        Assert.Equal(FileFetchStatus.Failed, await Of("documents/../../secret.txt"));
        Assert.Equal(FileFetchStatus.Failed, await Of("documents/link"));
        Assert.Equal(FileFetchStatus.Failed, await Of("way-out/secret.txt"));
        Assert.Equal(FileFetchStatus.Failed, await Of("/etc/passwd"));
        await using var remote = await TelegramBench.StartAsync(bench.Server, run: false);
        var unset = await FetchAsync(remote, new InboundFile(InboundFileKind.Voice, bench.Server.Keep("voice", [], Path.Combine(inside, "documents/file_1.ogg")), "v"));
        Assert.Contains("Channels:Telegram:LocalFiles", unset.Reason, StringComparison.Ordinal);

        async Task<FileFetchStatus> Of(string path) =>
            (await FetchAsync(bench, new InboundFile(InboundFileKind.Voice, bench.Server.Keep("voice", [], path.StartsWith('/') ? path : $"{inside}/{path}", size: 30L * 1024 * 1024), "v"))).Status;
    }

    private static async Task<FileFetch> FetchAsync(TelegramBench bench, InboundFile file, long maxBytes = 50_000_000)
    {
        using var into = new MemoryStream();
        var fetched = await bench.Channel.FetchFileAsync(file, into, maxBytes, CancellationToken.None);
        Assert.DoesNotContain(bench.Secrets.Token, fetched.Reason ?? "", StringComparison.Ordinal);
        return fetched;
    }
}
