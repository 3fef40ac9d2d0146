using System.Security.Cryptography;
using System.Text.Json;
using ChatOps.Configuration;
using ChatOps.Fleet.Keys;

namespace ChatOps.Node.Connection;

/// <summary>The node's key, made here and never sent, and what it remembers of its join. Held by one daemon at a time.</summary>
internal sealed class NodeIdentity : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string directory;
    private readonly FileStream held;

    private NodeIdentity(string directory, FileStream held)
    {
        this.directory = directory;
        this.held = held;
        Key = ReadOrCreateKey();
        Membership = ReadMembership();
    }

    /// <summary>The key pair.</summary>
    public KeyPair Key { get; }

    /// <summary>The membership; <see langword="null"/> before the join.</summary>
    public NodeMembership? Membership { get; private set; }

    private string KeyFile => Path.Combine(directory, "node.key");

    private string MembershipFile => Path.Combine(directory, "membership.json");

    /// <summary>Opens a state directory, making what is not there.</summary>
    /// <exception cref="ConfigurationProblemsException">It cannot be used as it is.</exception>
    public static NodeIdentity Open(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
            return new NodeIdentity(directory, Hold(directory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(directory, $"it cannot be used: {e.Message}");
        }
    }

    /// <summary>Remembers a membership, on disk when it returns.</summary>
    public void Remember(NodeMembership membership)
    {
        var temporary = MembershipFile + ".new";
        using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            JsonSerializer.Serialize(file, membership, MembershipJson.Default.NodeMembership);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, MembershipFile, overwrite: true);
        Membership = membership;
    }

    /// <summary>Forgets the membership; the key stays.</summary>
    public void Forget()
    {
        File.Delete(MembershipFile);
        Membership = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Key.Dispose();
        held.Dispose();
    }

    private static FileStream Hold(string directory)
    {
        var path = Path.Combine(directory, "daemon.lock");
        try
        {
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = OwnerOnly });
        }
        catch (IOException)
        {
            throw Wrong(directory, "another daemon uses it; stop that one, or give this one its own with --data.");
        }
    }

    private KeyPair ReadOrCreateKey()
    {
        if (!File.Exists(KeyFile)) CreateKey();
        if ((File.GetUnixFileMode(KeyFile) & ~OwnerOnly) != 0) throw Wrong(KeyFile, $"others can read it: chmod 600 {KeyFile}");
        try
        {
            return KeyPair.FromPem(File.ReadAllText(KeyFile));
        }
        catch (CryptographicException e)
        {
            throw Wrong(KeyFile, $"{e.Message} Remove it and join anew with a token.");
        }
    }

    private void CreateKey()
    {
        using var key = KeyPair.Create();
        var temporary = KeyFile + ".new";
        using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(key.ToPem()));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, KeyFile, overwrite: false);
    }

    private NodeMembership? ReadMembership()
    {
        if (!File.Exists(MembershipFile)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(MembershipFile), MembershipJson.Default.NodeMembership);
        }
        catch (JsonException)
        {
            throw Wrong(MembershipFile, "it is damaged; remove it and join anew with a token.");
        }
    }

    private static ConfigurationProblemsException Wrong(string path, string reason) => new([new(path, 0, "", reason)]);
}
