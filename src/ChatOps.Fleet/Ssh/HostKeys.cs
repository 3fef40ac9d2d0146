using System.ComponentModel;

namespace ChatOps.Fleet.Ssh;

/// <summary>Looks which keys a host shows, over the same way as a connection to it (bastions included), without being let in.</summary>
internal sealed class HostKeys(SshClient client, SshPlaces places, SshOptions options, TimeProvider time)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    // What ssh itself prefers first; a fingerprint may be that of another kind of key.
    private static readonly string?[] Kinds = [null, "ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512"];

    /// <summary>The key with this fingerprint if the host shows it; otherwise the keys that it shows.</summary>
    /// <param name="node">For whom.</param>
    /// <param name="address">The host.</param>
    /// <param name="fingerprint">The wanted one; <see langword="null"/> looks for the preferred one alone.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<(HostKey? Wanted, IReadOnlyList<HostKey> Shown)> FindAsync(string node, SshAddress address, string? fingerprint, CancellationToken cancellationToken)
    {
        var shown = new List<HostKey>();
        foreach (var kind in Kinds)
        {
            foreach (var key in await LookAsync(node, address, kind, cancellationToken))
            {
                if (key.Fingerprint == fingerprint) return (key, shown);
                if (shown.All(k => k.Fingerprint != key.Fingerprint)) shown.Add(key);
            }

            // No answer at all: no other kind will get one.
            if (shown.Count == 0 || fingerprint is null) break;
        }

        return (null, shown);
    }

    private async Task<IReadOnlyList<HostKey>> LookAsync(string node, SshAddress address, string? kind, CancellationToken cancellationToken)
    {
        var file = places.KnownHosts(node) + ".seen";
        File.Delete(file);
        try
        {
            using var process = SshClient.Start(client.Look(address, file, kind));
            process.StandardInput.Close();
            var end = Task.WhenAll(
                BoundedLines.ReadAsync(process.StandardOutput.BaseStream, _ => { }), BoundedLines.ReadAsync(process.StandardError.BaseStream, _ => { }), process.WaitForExitAsync(CancellationToken.None));
            await Task.WhenAny(end, Task.Delay(options.ConnectTimeout + Slack, time, cancellationToken));
            if (!process.HasExited) process.Kill();
            cancellationToken.ThrowIfCancellationRequested();
            return File.Exists(file) ? [.. (await File.ReadAllLinesAsync(file, cancellationToken)).Select(HostKey.Read).OfType<HostKey>()] : [];
        }
        catch (Win32Exception)
        {
            return [];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
