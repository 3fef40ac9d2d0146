namespace ChatOps.Channels.Discord;

/// <summary>Finds out who the bot is and registers its commands: what stands before listening.</summary>
internal sealed class DiscordStart(DiscordRest rest, DiscordOptions options, ChannelSecret token, DiscordCommands commands, DiscordHealth health)
{
    /// <summary>Who we are; null when Discord cannot be asked now (health says why).</summary>
    /// <exception cref="ChannelFatalException">The token is not accepted.</exception>
    public async Task<BotIdentity?> IdentifyAsync(CancellationToken cancellationToken)
    {
        var me = await rest.MeAsync(cancellationToken);
        if (me.Status == RestStatus.TokenRejected)
        {
            health.Disconnected("Discord does not accept the bot token.");
            throw new ChannelFatalException(
                "Discord does not accept the bot token", "Reset the token in the Developer Portal under Bot and put the new one in Channels:Discord:Token.") { Secrets = [token] };
        }

        var application = me.IsOk ? await rest.ApplicationAsync(cancellationToken) : me;
        if (me.Read<DiscordUser>() is not { } user || application.Read<DiscordApplication>() is not { } found)
        {
            health.Disconnected($"Discord does not say who the bot is: {(me.IsOk ? application : me).Reason ?? "its answer could not be read."}");
            return null;
        }

        if (options.ApplicationId.Length > 0 && options.ApplicationId != found.Id)
        {
            throw new ChannelFatalException(
                $"The token belongs to the application {found.Id}, and Channels:Discord:ApplicationId says {options.ApplicationId}", "Correct one of them, or leave ApplicationId empty.") { Secrets = [token] };
        }

        var identity = new BotIdentity(user.Id, found.Id, user.Username ?? user.Id, BotIdentity.MayReadContent(found.Flags));
        health.Is(identity);
        return identity;
    }

    /// <summary>Registers the commands; a failure is said in health and does not stop the channel.</summary>
    /// <returns>How long to wait before the next try; null when they are registered.</returns>
    public async Task<TimeSpan?> RegisterAsync(BotIdentity bot, CancellationToken cancellationToken)
    {
        var refused = await commands.RegisterAsync(bot.ApplicationId, cancellationToken);
        health.Warn(refused is null ? null : $"The slash commands could not be registered: {refused.Reason} {(refused.Code == RestCode.MissingAccess
            ? "Invite the bot to the server with the scope applications.commands." : "It is tried again.")}");
        return refused is null ? null : refused.RetryAfter > TimeSpan.Zero ? refused.RetryAfter : TimeSpan.FromMinutes(5);
    }
}
