using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Testing.Speech;

/// <summary>Real speech, spoken by espeak-ng and encoded by the usual encoders; made once and kept under the artifacts.</summary>
public static class SpokenSound
{
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>OGG/Opus, as voice notes come from Telegram and Discord.</summary>
    public static Task<byte[]> OggOpusAsync(string words) => MakeAsync(words, "ogg", "espeak-ng -v en -s 150 --stdout -- \"$WORDS\" | opusenc --quiet --bitrate 24 - \"$OUT\"");

    /// <summary>WAV.</summary>
    public static Task<byte[]> WavAsync(string words) => MakeAsync(words, "wav", "espeak-ng -v en -s 150 -w \"$OUT\" -- \"$WORDS\"");

    /// <summary>FLAC.</summary>
    public static Task<byte[]> FlacAsync(string words) => MakeAsync(words, "flac", "espeak-ng -v en -w \"$OUT.wav\" -- \"$WORDS\" && flac --silent -f -o \"$OUT\" \"$OUT.wav\"; rm -f \"$OUT.wav\"");

    /// <summary>MP3.</summary>
    public static Task<byte[]> Mp3Async(string words) => MakeAsync(words, "mp3", "espeak-ng -v en -w \"$OUT.wav\" -- \"$WORDS\" && lame --quiet \"$OUT.wav\" \"$OUT\"; rm -f \"$OUT.wav\"");

    /// <summary>OGG/Opus in which nobody speaks.</summary>
    public static Task<byte[]> SilenceAsync(int seconds) => MakeAsync(
        seconds.ToString(System.Globalization.CultureInfo.InvariantCulture), "ogg",
        "head -c $((WORDS * 32000)) /dev/zero | opusenc --quiet --raw --raw-bits 16 --raw-rate 16000 --raw-chan 1 --bitrate 6 - \"$OUT\"");

    private static async Task<byte[]> MakeAsync(string words, string extension, string script)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script + "\0" + words)))[..20];
        var directory = Path.Combine(AppContext.BaseDirectory, "speech");
        var file = Path.Combine(directory, $"{name}.{extension}");
        await One.WaitAsync();
        try
        {
            if (File.Exists(file)) return await File.ReadAllBytesAsync(file);
            Directory.CreateDirectory(directory);
            var unfinished = Path.Combine(directory, $"{name}.{Environment.ProcessId}.{extension}");
            var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardError = true };
            start.Environment["WORDS"] = words;
            start.Environment["OUT"] = unfinished;
            using var process = Process.Start(start)!;
            var complaint = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0 || !File.Exists(unfinished) || new FileInfo(unfinished).Length == 0)
                throw new InvalidOperationException($"No sound was made (espeak-ng, opus-tools, flac and lame are needed; tests/run.sh installs them): {complaint}");
            File.Move(unfinished, file, overwrite: true);
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            One.Release();
        }
    }
}
