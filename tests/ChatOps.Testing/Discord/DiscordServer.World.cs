using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Testing.Discord;

public sealed partial class DiscordServer
{
    private static readonly TimeSpan AddressLife = TimeSpan.FromMinutes(5);
    private readonly byte[] cdnKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>Addresses of files that were asked for after they had expired, or were never signed.</summary>
    public int ExpiredDownloads { get; private set; }

    /// <summary>What people see in a channel or thread now.</summary>
    public IReadOnlyList<DiscordPost> Seen(string channel)
    {
        lock (gate) return [.. posts.Where(p => p.Channel == channel && p.Author == BotUser && !p.Deleted && p.OnlyFor is null)];
    }

    /// <summary>What only one person sees.</summary>
    public IReadOnlyList<DiscordPost> SeenBy(string user)
    {
        lock (gate) return [.. posts.Where(p => p.OnlyFor == user && !p.Deleted)];
    }

    /// <summary>A room, to look at or to change.</summary>
    public DiscordRoom Place(string id)
    {
        lock (gate) return rooms[id];
    }

    /// <summary>All threads.</summary>
    public IReadOnlyList<DiscordRoom> Threads
    {
        get { lock (gate) return [.. rooms.Values.Where(r => r.Type == 11)]; }
    }

    /// <summary>Adds a server channel.</summary>
    public string AddChannel(string name, string? id = null)
    {
        lock (gate)
        {
            id ??= NewId();
            rooms[id] = new DiscordRoom { Id = id, Type = 0, Name = name, Guild = Guild };
            return id;
        }
    }

    /// <summary>Adds a thread that somebody else began.</summary>
    public string AddThread(string parent, string owner = "500000000000000009")
    {
        lock (gate)
        {
            var id = NewId();
            rooms[id] = new DiscordRoom { Id = id, Type = 11, Name = "their thread", Guild = Guild, Parent = parent, Owner = owner };
            return id;
        }
    }

    /// <summary>The direct message channel of a person.</summary>
    public string DirectOf(string user)
    {
        lock (gate) return Direct(user).Id;
    }

    /// <summary>Adds a direct message channel, if it is not there.</summary>
    public void AddDirect(string id)
    {
        lock (gate) rooms.TryAdd(id, new DiscordRoom { Id = id, Type = 1 });
    }

    /// <summary>A person deletes a message.</summary>
    public void Remove(string message)
    {
        lock (gate) posts.Single(p => p.Id == message).Deleted = true;
    }

    /// <summary>Makes a signed address worthless.</summary>
    public void LoseFile(string message, string file)
    {
        lock (gate)
        {
            var post = posts.Single(p => p.Id == message);
            post.Files = [.. post.Files.Select(f => f.Id == file ? f with { Gone = true } : f)];
        }
    }

    private DiscordRoom Direct(string user)
    {
        var id = "6" + user[1..];
        if (!rooms.TryGetValue(id, out var room)) rooms[id] = room = new DiscordRoom { Id = id, Type = 1 };
        return room;
    }

    private static JsonObject User(string id, string name, bool bot = false) =>
        new() { ["id"] = id, ["username"] = name, ["discriminator"] = "0", ["global_name"] = null, ["avatar"] = null, ["bot"] = bot };

    private static JsonObject Json(DiscordRoom room)
    {
        var json = new JsonObject { ["id"] = room.Id, ["type"] = room.Type, ["flags"] = 0 };
        if (room.Name.Length > 0) json["name"] = room.Name;
        if (room.Guild is not null) json["guild_id"] = room.Guild;
        if (room.Parent is not null) json["parent_id"] = room.Parent;
        if (room.Owner is not null) json["owner_id"] = room.Owner;
        if (room.Type == 11) json["thread_metadata"] = new JsonObject { ["archived"] = room.Archived, ["locked"] = room.Locked, ["auto_archive_duration"] = 1440, ["archive_timestamp"] = "2026-01-01T00:00:00+00:00" };
        return json;
    }

    private JsonObject Json(DiscordPost post)
    {
        var json = new JsonObject
        {
            ["id"] = post.Id, ["channel_id"] = post.Channel, ["type"] = post.Answers is null ? 0 : 19, ["content"] = post.Content, ["flags"] = post.Flags, ["tts"] = false, ["pinned"] = false,
            ["author"] = User(post.Author, post.Author == BotUser ? "chatops" : "user" + post.Author[^3..], post.Author == BotUser), ["timestamp"] = TimeOf(post.Id).ToString("O", CultureInfo.InvariantCulture),
            ["edited_timestamp"] = post.Edits > 0 ? time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) : null, ["mentions"] = new JsonArray(), ["mention_roles"] = new JsonArray(),
            ["mention_everyone"] = false, ["embeds"] = new JsonArray(), ["components"] = post.Components.DeepClone(), ["attachments"] = new JsonArray([.. post.Files.Select(f => Json(post, f))]),
        };
        if (rooms[post.Channel].Guild is { } guild) json["guild_id"] = guild;
        if (post.Nonce is not null) json["nonce"] = post.Nonce;
        return json;
    }

    private JsonObject Json(DiscordPost post, DiscordStoredFile file)
    {
        var json = new JsonObject
        {
            ["id"] = file.Id, ["filename"] = file.Name, ["size"] = file.Content.Length, ["content_type"] = file.ContentType, ["url"] = Sign(post, file), ["proxy_url"] = Sign(post, file),
        };
        if (file.DurationSecs is { } seconds) (json["duration_secs"], json["waveform"]) = (seconds, "AAAA");
        return json;
    }

    private string Sign(DiscordPost post, DiscordStoredFile file)
    {
        var path = $"{post.Channel}/{file.Id}/{Uri.EscapeDataString(file.Name)}";
        var expires = (time.GetUtcNow() + AddressLife).ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture);
        return new Uri(ApiBase, $"/cdn/{path}?ex={expires}&hm={Signature(path, expires)}").AbsoluteUri;
    }

    private string Signature(string path, string expires) => Convert.ToHexString(HMACSHA256.HashData(cdnKey, Encoding.UTF8.GetBytes($"{path}?{expires}"))).ToLowerInvariant();

    private async Task CdnAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!["/cdn/".Length..];
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        var expires = context.Request.Query["ex"].ToString();
        DiscordStoredFile? file;
        lock (gate) file = posts.SelectMany(p => p.Files).FirstOrDefault(f => path.Split('/').ElementAtOrDefault(1) == f.Id);
        var valid = context.Request.Query["hm"] == Signature(escaped, expires) && long.TryParse(expires, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var until)
            && DateTimeOffset.FromUnixTimeSeconds(until) > time.GetUtcNow();
        if (!valid || file is null || file.Gone || context.Request.Headers.Authorization.Count > 0)
        {
            ExpiredDownloads++;
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.ContentType = file.ContentType;
        await context.Response.Body.WriteAsync(file.Content);
    }
}
