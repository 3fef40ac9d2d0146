using ChatOps.Channels.Telegram.Client;

namespace ChatOps.Channels.Telegram;

/// <summary>What every part of the channel shares.</summary>
/// <param name="Client">The Bot API.</param>
/// <param name="Token">The token in use.</param>
/// <param name="Options">The options.</param>
/// <param name="Pace">When Telegram may be called.</param>
/// <param name="Health">How the connection is.</param>
/// <param name="ProgressFailed">Told of passing states that could not be shown.</param>
/// <param name="Time">The clock.</param>
internal sealed record TelegramLink(
    TelegramClient Client, TelegramToken Token, TelegramOptions Options, TelegramPace Pace, TelegramHealth Health, Action<Exception> ProgressFailed, TimeProvider Time);
