using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Fleet.Ssh;

/// <summary>Where the gateway keeps what belongs to its ssh connections: the sockets of the warm ones, and the host keys that were accepted here.</summary>
internal sealed class SshPlaces(string dataDirectory) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // A socket's path has at most 107 bytes, and ssh appends 17 while it makes one.
    private const int LongestSocketPath = 88;
    private const int SocketNameCharacters = 16;
    private readonly Lock gate = new();
    private readonly string root = Path.Combine(dataDirectory, "ssh");
    private string? sockets;

    /// <summary>A node's known host keys, in a file of its own: they go with it.</summary>
    public string KnownHosts(string node)
    {
        var directory = Path.Combine(root, "known_hosts");
        Directory.CreateDirectory(root, OwnerOnly);
        Directory.CreateDirectory(directory, OwnerOnly);
        return Path.Combine(directory, node);
    }

    /// <summary>The socket of a node's warm connection.</summary>
    public string Socket(string node)
    {
        // A name can be longer than a socket's path may be.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(node)))[..SocketNameCharacters];
        lock (gate)
        {
            if (sockets is null)
            {
                var wanted = Path.Combine(root, "sockets");
                if (Encoding.UTF8.GetByteCount(wanted) + 1 + SocketNameCharacters <= LongestSocketPath)
                {
                    Directory.CreateDirectory(root, OwnerOnly);
                    Directory.CreateDirectory(wanted, OwnerOnly);
                    sockets = wanted;
                }
                else
                {
                    // Made for the owner alone, under a name that nobody can have made before.
                    sockets = Directory.CreateTempSubdirectory("chatops-ssh-").FullName;
                }
            }

            return Path.Combine(sockets, name);
        }
    }

    /// <summary>Forgets what was accepted for a node.</summary>
    public void Forget(string node) => File.Delete(KnownHosts(node));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (sockets is null || sockets.StartsWith(root, StringComparison.Ordinal)) return;
        try
        {
            Directory.Delete(sockets, recursive: true);
        }
        catch (IOException)
        {
            // An empty directory in a temporary place is left behind.
        }
    }
}
