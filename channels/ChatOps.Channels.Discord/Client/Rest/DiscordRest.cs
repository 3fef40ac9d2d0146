namespace ChatOps.Channels.Discord;

/// <summary>The calls that we use, one method each.</summary>
internal sealed class DiscordRest(RestTransport transport)
{
    /// <summary>Discord gives three seconds for the first answer to an interaction; a later one is worth nothing.</summary>
    public static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(2.5);

    /// <summary>Longest wait for what is looked up while events wait.</summary>
    public static readonly TimeSpan LookUpDeadline = TimeSpan.FromSeconds(3);

    private const int ThreadArchiveMinutes = 1440;

    /// <summary>Whether the configured token was refused.</summary>
    public bool TokenIsRejected => transport.TokenIsRejected;

    /// <summary>How many refused calls count against us now.</summary>
    public int Invalid => transport.Invalid;

    public Task<RestReply> MeAsync(CancellationToken cancellationToken) => SendAsync(RestRoute.Plain(HttpMethod.Get, "users/@me"), null, cancellationToken);

    public Task<RestReply> ApplicationAsync(CancellationToken cancellationToken) => SendAsync(RestRoute.Plain(HttpMethod.Get, "applications/@me"), null, cancellationToken);

    public Task<RestReply> GuildAsync(string guild, CancellationToken cancellationToken) =>
        SendAsync(RestRoute.Guild(HttpMethod.Get, guild, "guilds/{}", guild), null, cancellationToken);

    public Task<RestReply> GatewayAsync(CancellationToken cancellationToken) => SendAsync(RestRoute.Plain(HttpMethod.Get, "gateway/bot"), null, cancellationToken);

    public Task<RestReply> ChannelAsync(string channel, CancellationToken cancellationToken) =>
        transport.SendAsync(new RestRequest(RestRoute.Channel(HttpMethod.Get, channel)) { Deadline = LookUpDeadline }, cancellationToken);

    public Task<RestReply> MessageAsync(string channel, string message, CancellationToken cancellationToken) =>
        SendAsync(RestRoute.Channel(HttpMethod.Get, channel, "/messages/{}", message), null, cancellationToken);

    public Task<RestReply> SendMessageAsync(string channel, MessagePayload payload, IReadOnlyList<Upload> files, CancellationToken cancellationToken) =>
        transport.SendAsync(new RestRequest(RestRoute.Channel(HttpMethod.Post, channel, "/messages"), payload) { Files = files }, cancellationToken);

    public Task<RestReply> EditMessageAsync(string channel, string message, MessagePayload payload, IReadOnlyList<Upload> files, bool passing, CancellationToken cancellationToken) =>
        transport.SendAsync(new RestRequest(RestRoute.Channel(HttpMethod.Patch, channel, "/messages/{}", message), payload) { Files = files, Passing = passing }, cancellationToken);

    public Task<RestReply> DeleteMessageAsync(string channel, string message, CancellationToken cancellationToken) =>
        SendAsync(RestRoute.Channel(HttpMethod.Delete, channel, "/messages/{}", message), null, cancellationToken);

    public Task<RestReply> StartThreadAsync(string channel, string message, string name, CancellationToken cancellationToken) =>
        SendAsync(RestRoute.Channel(HttpMethod.Post, channel, "/messages/{}/threads", message), new ThreadStart(name, ThreadArchiveMinutes), cancellationToken);

    public Task<RestReply> UnarchiveAsync(string thread, CancellationToken cancellationToken) =>
        SendAsync(RestRoute.Channel(HttpMethod.Patch, thread), new ThreadPatch(Archived: false), cancellationToken);

    public Task<RestReply> OpenDirectAsync(string user, CancellationToken cancellationToken) =>
        SendAsync(RestRoute.Plain(HttpMethod.Post, "users/@me/channels"), new DirectMessageStart(user), cancellationToken);

    public Task<RestReply> AnswerAsync(DiscordInteraction interaction, InteractionAnswer answer, CancellationToken cancellationToken) =>
        transport.SendAsync(
            new RestRequest(RestRoute.Interaction(HttpMethod.Post, "interactions/{}/{}/callback", interaction.Id, interaction.Token), answer) { Deadline = AnswerDeadline }, cancellationToken);

    public Task<RestReply> EditAnswerAsync(string application, string token, MessagePayload payload, IReadOnlyList<Upload> files, CancellationToken cancellationToken) =>
        transport.SendAsync(new RestRequest(RestRoute.Interaction(HttpMethod.Patch, "webhooks/{}/{}/messages/@original", application, token), payload) { Files = files }, cancellationToken);

    public Task<RestReply> FollowUpAsync(string application, string token, MessagePayload payload, CancellationToken cancellationToken) =>
        transport.SendAsync(new RestRequest(RestRoute.Interaction(HttpMethod.Post, "webhooks/{}/{}", application, token), payload), cancellationToken);

    public Task<RestReply> SetCommandsAsync(string application, string? guild, IReadOnlyList<ApplicationCommand> commands, CancellationToken cancellationToken) =>
        SendAsync(guild is null
            ? RestRoute.Plain(HttpMethod.Put, "applications/{}/commands", application)
            : RestRoute.Guild(HttpMethod.Put, guild, "applications/{}/guilds/{}/commands", application, guild), commands, cancellationToken);

    private Task<RestReply> SendAsync(RestRoute route, object? body, CancellationToken cancellationToken) => transport.SendAsync(new RestRequest(route, body), cancellationToken);
}
