namespace ChatOps.Testing.Faults;

/// <summary>A file that takes all the room that a file system has left, until it is removed.</summary>
public static class DiskFiller
{
    private const int Block = 4096;

    /// <summary>Fills it to the last block.</summary>
    /// <param name="path">The file.</param>
    public static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, 1);
        foreach (var size in (int[])[256 * Block, Block])
        {
            var block = new byte[size];
            try
            {
                while (true) file.Write(block);
            }
            catch (IOException)
            {
                // That is the point: there is no room for one more.
            }
        }
    }

    /// <summary>Gives the room back.</summary>
    /// <param name="path">The file.</param>
    public static void Free(string path) => File.Delete(path);
}
