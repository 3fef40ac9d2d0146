using ChatOps.Host;
using ChatOps.Testing;

namespace ChatOps.Tests.Host;

/// <summary>What tells one data directory from another, when machine and path do not.</summary>
public sealed class FolderIdTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_directory_keeps_its_mark_and_another_one_in_its_place_has_another()
    {
        var first = FolderId.MarkOf(directory.Path);
        Assert.Equal(first, FolderId.MarkOf(directory.Path));

        // The same machine and path, and not the same directory, as with two machines of one image.
        File.Delete(directory["folder.id"]);
        Assert.NotEqual(first, FolderId.MarkOf(directory.Path));
    }

    [Fact]
    public void A_copy_of_a_directory_is_another_one()
    {
        var first = FolderId.MarkOf(directory.Path);
        Directory.CreateDirectory(directory["copy"]);
        File.Copy(directory["folder.id"], Path.Combine(directory["copy"], "folder.id"));
        Assert.NotEqual(first, FolderId.MarkOf(directory["copy"]));
    }

    [Fact]
    public void Nobody_else_can_read_it()
    {
        FolderId.MarkOf(directory.Path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory["folder.id"]));
    }
}
