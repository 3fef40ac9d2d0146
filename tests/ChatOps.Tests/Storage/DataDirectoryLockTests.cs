using ChatOps.Storage;
using ChatOps.Testing;

namespace ChatOps.Tests.Storage;

public class DataDirectoryLockTests
{
    [Fact]
    public void The_second_is_refused_and_told_who_holds_it_since_when_and_where()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        using var first = StorageRegistration.DataDirectoryLock(directory, TimeProvider.System);
        using var second = StorageRegistration.DataDirectoryLock(directory, TimeProvider.System);

        Assert.Null(first.TryTake(null));
        first.SetUrl("http://127.0.0.1:18790");
        var holder = second.TryTake(null);

        Assert.NotNull(holder);
        Assert.Equal((Environment.ProcessId, "http://127.0.0.1:18790"), (holder.ProcessId, holder.Url));
        Assert.Contains($"process {Environment.ProcessId}, since ", holder.Explain(), StringComparison.Ordinal);
        Assert.Equal(holder, second.Holder());
        Assert.Equal(holder, first.Holder());
        Assert.Null(first.TryTake(null));
    }

    [Fact]
    public void Once_given_back_anybody_may_take_it_and_a_file_left_behind_locks_nothing()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        File.WriteAllText(Path.Combine(directory, "lock"), """{"dataDirectory":"/x","processId":1,"since":"2020-01-01T00:00:00+00:00"}""");
        using var first = StorageRegistration.DataDirectoryLock(directory, TimeProvider.System);
        using var second = StorageRegistration.DataDirectoryLock(directory, TimeProvider.System);

        Assert.Null(first.Holder());
        Assert.Null(first.TryTake("http://127.0.0.1:1"));
        first.Dispose();
        Assert.Null(second.Holder());
        Assert.Null(second.TryTake(null));
        Assert.Null(second.Holder()!.Url);
    }

    [Fact]
    public void A_directory_that_cannot_be_used_is_said()
    {
        var file = Path.GetTempFileName();
        using var taken = StorageRegistration.DataDirectoryLock(Path.Combine(file, "data"), TimeProvider.System);

        Assert.Contains("cannot be used", Assert.Throws<StoreUnavailableException>(() => taken.TryTake(null)).Message, StringComparison.Ordinal);
        File.Delete(file);
    }
}
