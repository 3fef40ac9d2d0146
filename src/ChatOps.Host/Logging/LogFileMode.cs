using System.Text;
using Serilog.Sinks.File;

namespace ChatOps.Host.Logging;

/// <summary>Makes every log file readable by its owner alone.</summary>
internal sealed class LogFileMode : FileLifecycleHooks
{
    /// <inheritdoc/>
    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return underlyingStream;
    }
}
