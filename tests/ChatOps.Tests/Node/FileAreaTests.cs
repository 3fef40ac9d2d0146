using ChatOps.Fleet;
using ChatOps.Node;
using ChatOps.Node.Files;

namespace ChatOps.Tests.Node;

public sealed class FileAreaTests : IDisposable
{
    private readonly string _base = Directory.CreateTempSubdirectory("chatops-files-").FullName;
    private readonly string _root;
    private readonly string _outside;
    private readonly FileArea _area;

    public FileAreaTests()
    {
        _root = Path.Combine(_base, "root");
        _outside = Path.Combine(_base, "outside");
        Directory.CreateDirectory(Path.Combine(_root, "app"));
        Directory.CreateDirectory(_outside);
        File.WriteAllText(Path.Combine(_outside, "secret.txt"), "outside content");
        File.WriteAllText(Path.Combine(_root, "notes.txt"), "one\ntwo\nthree\n");
        File.WriteAllText(Path.Combine(_root, "app", "config.yaml"), "host: a\nport: 80\n");
        _area = Area();
    }

    public void Dispose() => Directory.Delete(_base, recursive: true);

    [Fact]
    public async Task A_range_of_lines_is_read()
    {
        var whole = await _area.ReadAsync("notes.txt", null, null, CancellationToken.None);
        Assert.Equal(("one\ntwo\nthree\n", 1, 3, 14L, false), (whole.Value!.Text, whole.Value.FromLine, whole.Value.Lines, whole.Value.SizeBytes, whole.Value.Truncated));
        var part = await _area.ReadAsync("./app/../notes.txt", 2, 1, CancellationToken.None);
        Assert.Equal(("two\n", 2, 1), (part.Value!.Text, part.Value.FromLine, part.Value.Lines));
        var beyond = await _area.ReadAsync("notes.txt", 9, 1, CancellationToken.None);
        Assert.Equal(("", 0), (beyond.Value!.Text, beyond.Value.Lines));
    }

    [Fact]
    public async Task A_big_file_is_read_up_to_a_bound_at_the_end_of_a_line()
    {
        await File.WriteAllLinesAsync(Path.Combine(_root, "big.log"), Enumerable.Range(1, 2_000_000).Select(number => $"line {number}"));
        var start = await _area.ReadAsync("big.log", null, null, CancellationToken.None);
        Assert.True(start.Value!.Truncated);
        Assert.InRange(start.Value.Text.Length, 200_000, FileBounds.ReadBytes);
        Assert.EndsWith($"line {start.Value.Lines}\n", start.Value.Text, StringComparison.Ordinal);
        var late = await _area.ReadAsync("big.log", 1_999_999, 10, CancellationToken.None);
        Assert.Equal("line 1999999\nline 2000000\n", late.Value!.Text);
    }

    [Theory]
    [InlineData("../outside/secret.txt")]
    [InlineData("app/../../outside/secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("~/x")]
    [InlineData("link-file")]
    [InlineData("link-directory/secret.txt")]
    [InlineData("link-up/secret.txt")]
    [InlineData("link-proc")]
    [InlineData("app/\0x")]
    public async Task No_path_leads_out(string path)
    {
        MakeLinks();
        foreach (var area in new[] { _area, Area(walk: true) })
        {
            var read = await area.ReadAsync(path, null, null, CancellationToken.None);
            Assert.Contains(read.Status, new[] { FileStatus.NotAllowed, FileStatus.NotFound, FileStatus.BadRequest });
            Assert.DoesNotContain("outside content", read.Message!, StringComparison.Ordinal);
            Assert.False((await area.ListAsync(path, CancellationToken.None)).Succeeded);
            Assert.False((await area.SearchAsync(new FileSearch("o", path, false, 10), CancellationToken.None)).Succeeded);
            Assert.False((await area.ChangeAsync(new FileChangeRequest(FileChangeKind.Write, path, "x"), CancellationToken.None)).Succeeded);
            Assert.False((await area.ChangeAsync(new FileChangeRequest(FileChangeKind.Append, path, "x"), CancellationToken.None)).Succeeded);
        }

        Assert.Equal("outside content", await File.ReadAllTextAsync(Path.Combine(_outside, "secret.txt")));
        Assert.Single(Directory.GetFileSystemEntries(_outside));
    }

    [Fact]
    public async Task A_link_that_stays_inside_is_followed_for_reading()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "app", "inner"), "../notes.txt");
        Assert.StartsWith("one", (await _area.ReadAsync("app/inner", null, null, CancellationToken.None)).Value!.Text, StringComparison.Ordinal);
        var write = await _area.ChangeAsync(new FileChangeRequest(FileChangeKind.Write, "app/inner", "x"), CancellationToken.None);
        Assert.Equal(FileStatus.Unsuitable, write.Status);
        Assert.Equal(FileStatus.NotAllowed, (await Area(walk: true).ReadAsync("app/inner", null, null, CancellationToken.None)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_directory_that_is_exchanged_for_a_link_meanwhile_leaks_nothing(bool walk)
    {
        var area = Area(walk);
        var inside = Path.Combine(_root, "swap");
        var aside = Path.Combine(_root, "aside");
        Directory.CreateDirectory(inside);
        await File.WriteAllTextAsync(Path.Combine(inside, "secret.txt"), "inside");
        File.CreateSymbolicLink(Path.Combine(_root, "trap"), _outside);
        using var stop = new CancellationTokenSource();
        var swapper = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Equal(0, Rename(inside, aside));
                Assert.Equal(0, Rename(Path.Combine(_root, "trap"), inside));
                Assert.Equal(0, Rename(inside, Path.Combine(_root, "trap")));
                Assert.Equal(0, Rename(aside, inside));
            }
        });
        var reads = 0;
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            var read = await area.ReadAsync("swap/secret.txt", null, null, CancellationToken.None);
            if (read.Succeeded)
            {
                Assert.Equal("inside", read.Value.Text);
                reads++;
            }

            if (attempt % 10 == 0)
            {
                var found = await area.SearchAsync(new FileSearch("content", ".", false, 10), CancellationToken.None);
                Assert.Empty(found.Value?.Matches ?? []);
                await area.ChangeAsync(new FileChangeRequest(FileChangeKind.Write, "swap/new.txt", "x"), CancellationToken.None);
            }
        }

        await stop.CancelAsync();
        await swapper;
        Assert.True(reads > 0, "the race was never won by the honest side");
        Assert.Single(Directory.GetFileSystemEntries(_outside));
    }

    [Fact]
    public async Task Pipes_devices_and_directories_are_refused_without_waiting()
    {
        using var machine = new Machine();
        Assert.True((await machine.ShellAsync($"mkfifo {_root}/pipe; mknod {_root}/zero c 1 5 || true")).Succeeded);
        foreach (var name in new[] { "pipe", "zero", "app", "." })
        {
            if (!Path.Exists(Path.Combine(_root, name)))
                continue;
            foreach (var kind in new[] { FileChangeKind.Write, FileChangeKind.Append })
                Assert.False((await _area.ChangeAsync(new FileChangeRequest(kind, name, "x"), CancellationToken.None).WaitAsync(Testing.Until.Limit)).Succeeded);
            var read = await _area.ReadAsync(name, null, null, CancellationToken.None).WaitAsync(Testing.Until.Limit);
            Assert.Equal(FileStatus.Unsuitable, read.Status);
        }

        var search = await _area.SearchAsync(new FileSearch("one", ".", false, 10), CancellationToken.None).WaitAsync(Testing.Until.Limit);
        Assert.Single(search.Value!.Matches);
    }

    [Fact]
    public async Task A_file_with_two_names_is_not_changed()
    {
        using var machine = new Machine();
        await machine.RunAsync("ln", Path.Combine(_outside, "secret.txt"), Path.Combine(_root, "hard"));
        foreach (var kind in Enum.GetValues<FileChangeKind>())
        {
            var change = await _area.ChangeAsync(new FileChangeRequest(kind, "hard", "x", "outside"), CancellationToken.None);
            Assert.Equal(FileStatus.Unsuitable, change.Status);
            Assert.Contains("hard links", change.Message!, StringComparison.Ordinal);
        }

        Assert.Equal("outside content", await File.ReadAllTextAsync(Path.Combine(_outside, "secret.txt")));
    }

    [Fact]
    public async Task Binary_content_is_not_read_as_text()
    {
        await File.WriteAllBytesAsync(Path.Combine(_root, "bin"), [1, 2, 0, 3]);
        Assert.Equal(FileStatus.Unsuitable, (await _area.ReadAsync("bin", null, null, CancellationToken.None)).Status);
        Assert.Equal(FileStatus.Unsuitable, (await _area.ChangeAsync(new FileChangeRequest(FileChangeKind.Edit, "bin", "x", "y"), CancellationToken.None)).Status);
        Assert.True((await _area.ChangeAsync(new FileChangeRequest(FileChangeKind.Write, "bin", "text now"), CancellationToken.None)).Succeeded);
    }

    [Fact]
    public async Task A_directory_is_listed_in_order_with_kinds_and_sizes()
    {
        MakeLinks();
        var listing = (await _area.ListAsync(".", CancellationToken.None)).Value!;
        Assert.Equal(["app", "link-directory", "link-file", "link-proc", "link-up", "notes.txt"], listing.Entries.Select(entry => entry.Name));
        Assert.Equal([FileKind.Directory, FileKind.Link, FileKind.Link, FileKind.Link, FileKind.Link, FileKind.File], listing.Entries.Select(entry => entry.Kind));
        Assert.Equal(14, listing.Entries[^1].SizeBytes);
        Assert.Matches("^[rwx-]{9}$", listing.Entries[^1].Mode);
        Assert.InRange(listing.Entries[^1].Modified, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
        Assert.Equal(FileStatus.NotFound, (await _area.ListAsync("none", CancellationToken.None)).Status);
        Assert.Equal(FileStatus.NotFound, (await _area.ListAsync("notes.txt", CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Lines_are_found_by_text_and_by_expression()
    {
        MakeLinks();
        await File.WriteAllBytesAsync(Path.Combine(_root, "bin"), "one\0two"u8.ToArray());
        var plain = (await _area.SearchAsync(new FileSearch("t", ".", false, 100), CancellationToken.None)).Value!;
        Assert.Equal([("app/config.yaml", 1, "host: a"), ("app/config.yaml", 2, "port: 80"), ("notes.txt", 2, "two"), ("notes.txt", 3, "three")], plain.Matches.Select(match => (match.Path, match.Line, match.Text)));
        Assert.Null(plain.Note);
        var regex = (await _area.SearchAsync(new FileSearch("^p.*[0-9]+$", "app", true, 100), CancellationToken.None)).Value!;
        Assert.Equal("port: 80", Assert.Single(regex.Matches).Text);
        var limited = (await _area.SearchAsync(new FileSearch("o", ".", false, 2), CancellationToken.None)).Value!;
        Assert.Equal(2, limited.Matches.Count);
        Assert.Contains("first 2", limited.Note!, StringComparison.Ordinal);
        foreach (var bad in new[] { "(", "(?=a)", "(a)\\1" })
            Assert.Equal(FileStatus.BadRequest, (await _area.SearchAsync(new FileSearch(bad, ".", true, 10), CancellationToken.None)).Status);
        Assert.Equal(FileStatus.BadRequest, (await _area.SearchAsync(new FileSearch("", ".", false, 10), CancellationToken.None)).Status);
    }

    [Fact]
    public async Task An_expression_made_to_be_slow_is_not()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "a.txt"), new string('a', 100_000) + "!");
        var search = await _area.SearchAsync(new FileSearch("^(a+)+$", ".", true, 10), CancellationToken.None).WaitAsync(Testing.Until.Limit);
        Assert.Empty(search.Value!.Matches);
    }

    [Fact]
    public async Task A_file_is_created_and_replaced_with_its_permissions_kept()
    {
        using var machine = new Machine();
        var created = await _area.ChangeAsync(new FileChangeRequest(FileChangeKind.Write, "app/new.sh", "a\nb\n"), CancellationToken.None);
        Assert.Equal((true, "@@ -1,0 +1,2 @@\n+a\n+b\n", "", 4L), (created.Value!.Created, created.Value.Diff, created.Value.DigestBefore, created.Value.SizeBytes));
        await machine.RunAsync("chmod", "750", Path.Combine(_root, "app", "new.sh"));
        var replaced = await _area.ChangeAsync(new FileChangeRequest(FileChangeKind.Write, "app/new.sh", "a\nc\n"), CancellationToken.None);
        Assert.Equal("@@ -1,2 +1,2 @@\n a\n-b\n+c\n", replaced.Value!.Diff);
        Assert.Equal("750\n", (await machine.RunAsync("stat", "-c", "%a", Path.Combine(_root, "app", "new.sh"))).Output);
        Assert.Equal("a\nc\n", await File.ReadAllTextAsync(Path.Combine(_root, "app", "new.sh")));
        Assert.Equal(["config.yaml", "new.sh"], Directory.GetFiles(Path.Combine(_root, "app")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(FileStatus.NotFound, (await _area.ChangeAsync(new FileChangeRequest(FileChangeKind.Write, "none/x", "x"), CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Text_is_appended_on_lines_of_its_own()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "open.txt"), "no end");
        await _area.ChangeAsync(new FileChangeRequest(FileChangeKind.Append, "open.txt", "more"), CancellationToken.None);
        Assert.Equal("no end\nmore\n", await File.ReadAllTextAsync(Path.Combine(_root, "open.txt")));
        Assert.True((await _area.ChangeAsync(new FileChangeRequest(FileChangeKind.Append, "fresh.txt", "first"), CancellationToken.None)).Value!.Created);
        Assert.Equal("first\n", await File.ReadAllTextAsync(Path.Combine(_root, "fresh.txt")));
    }

    [Fact]
    public async Task An_edit_replaces_one_place_or_all_and_nothing_else()
    {
        var edit = await _area.ChangeAsync(new FileChangeRequest(FileChangeKind.Edit, "app/config.yaml", "port: 8080", "port: 80"), CancellationToken.None);
        Assert.Equal((1, "@@ -1,2 +1,2 @@\n host: a\n-port: 80\n+port: 8080\n"), (edit.Value!.Replacements, edit.Value.Diff));
        Assert.Equal("host: a\nport: 8080\n", await File.ReadAllTextAsync(Path.Combine(_root, "app", "config.yaml")));

        await File.WriteAllTextAsync(Path.Combine(_root, "twice.txt"), "x y x\r\n");
        var twice = new FileChangeRequest(FileChangeKind.Edit, "twice.txt", "z", "x");
        Assert.Contains("2 times", (await _area.ChangeAsync(twice, CancellationToken.None)).Message!, StringComparison.Ordinal);
        Assert.Contains("does not occur", (await _area.ChangeAsync(twice with { Old = "q" }, CancellationToken.None)).Message!, StringComparison.Ordinal);
        Assert.Contains("CR LF", (await _area.ChangeAsync(twice with { Old = "x\n" }, CancellationToken.None)).Message!, StringComparison.Ordinal);
        Assert.Equal("x y x\r\n", await File.ReadAllTextAsync(Path.Combine(_root, "twice.txt")));
        Assert.Equal(2, (await _area.ChangeAsync(twice with { All = true }, CancellationToken.None)).Value!.Replacements);
        Assert.Equal("z y z\r\n", await File.ReadAllTextAsync(Path.Combine(_root, "twice.txt")));
    }

    [Fact]
    public async Task A_preview_changes_nothing_and_its_digest_binds_the_change()
    {
        var request = new FileChangeRequest(FileChangeKind.Edit, "notes.txt", "2", "two");
        var preview = (await _area.PreviewAsync(request, CancellationToken.None)).Value!;
        Assert.Equal("one\ntwo\nthree\n", await File.ReadAllTextAsync(Path.Combine(_root, "notes.txt")));
        await File.AppendAllTextAsync(Path.Combine(_root, "notes.txt"), "four\n");
        var bound = request with { ExpectedDigest = preview.DigestBefore };
        Assert.Equal(FileStatus.Changed, (await _area.ChangeAsync(bound, CancellationToken.None)).Status);
        await File.WriteAllTextAsync(Path.Combine(_root, "notes.txt"), "one\ntwo\nthree\n");
        var change = (await _area.ChangeAsync(bound, CancellationToken.None)).Value!;
        Assert.Equal(preview, change);
    }

    [Fact]
    public async Task Writers_at_the_same_time_never_mix_their_contents()
    {
        var contents = Enumerable.Range(0, 20).Select(number => new string((char)('a' + number), 100_000)).ToArray();
        await Task.WhenAll(contents.Select(content => _area.ChangeAsync(new FileChangeRequest(FileChangeKind.Write, "shared.txt", content), CancellationToken.None)));
        Assert.Contains(await File.ReadAllTextAsync(Path.Combine(_root, "shared.txt")), contents);
        Assert.Empty(Directory.GetFiles(_root, ".chatops-*"));
    }

    [Fact]
    public async Task A_missing_root_is_said()
    {
        var area = new FileArea(new NodeOptions { StateDirectory = _base, FilesRoot = Path.Combine(_base, "nowhere") });
        var result = await area.ListAsync(".", CancellationToken.None);
        Assert.Equal((FileStatus.NotFound, "The files root: there is no such file or directory."), (result.Status, result.Message));
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "rename", CharSet = System.Runtime.InteropServices.CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Rename(string from, string to);

    private FileArea Area(bool walk = false) => new(new NodeOptions { StateDirectory = _base, FilesRoot = _root }) { Walk = walk };

    private void MakeLinks()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "link-file"), Path.Combine(_outside, "secret.txt"));
        File.CreateSymbolicLink(Path.Combine(_root, "link-directory"), _outside);
        File.CreateSymbolicLink(Path.Combine(_root, "link-up"), "../outside");
        File.CreateSymbolicLink(Path.Combine(_root, "link-proc"), "/proc/self/cwd");
    }
}
