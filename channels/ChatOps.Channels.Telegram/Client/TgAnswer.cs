namespace ChatOps.Channels.Telegram.Client;

/// <summary>The answer to a call.</summary>
/// <typeparam name="T">What is returned.</typeparam>
/// <param name="Outcome">How it ended.</param>
/// <param name="Result">What came back, when done.</param>
/// <param name="Code">Telegram's error code; 0 when there is none.</param>
/// <param name="Reason">For people, when not done; never holds the token.</param>
/// <param name="RetryAfter">Not before this.</param>
/// <param name="MigratedTo">The chat has this id now.</param>
internal sealed record TgAnswer<T>(
    TgOutcome Outcome, T? Result, int Code = 0, string Reason = "", TimeSpan? RetryAfter = null, long? MigratedTo = null)
{
    /// <summary>Whether it is done.</summary>
    public bool IsOk => Outcome == TgOutcome.Ok;

    /// <summary>Whether Telegram asks for a pause.</summary>
    public bool IsTooFast => Outcome == TgOutcome.Refused && Code == 429;

    /// <summary>Whether the token is not, or no longer, a bot's. A token of a wrong form is not found.</summary>
    public bool IsBadToken => Outcome == TgOutcome.Refused && (Code == 401 || (Code == 404 && Says("Not Found")));

    /// <summary>Whether an edit changed nothing: what it wanted is so.</summary>
    public bool IsNotModified => Outcome == TgOutcome.Refused && Code == 400 && Says("message is not modified");

    /// <summary>Whether an answer to a press came too late to be seen: nothing is left to do.</summary>
    public bool IsOldPress => Outcome == TgOutcome.Refused && Code == 400 && (Says("query is too old") || Says("query ID is invalid"));

    /// <summary>Whether the message to edit, to delete or to answer is gone or can no longer be changed.</summary>
    public bool IsMessageGone => Outcome == TgOutcome.Refused && Code == 400 &&
        (Says("message to edit not found") || Says("message can't be edited") || Says("message to delete not found") || Says("message can't be deleted") || Says("MESSAGE_ID_INVALID"));

    /// <summary>Whether the topic is closed or deleted.</summary>
    public bool IsTopicGone => Outcome == TgOutcome.Refused && Code == 400 && (Says("message thread not found") || Says("TOPIC_CLOSED") || Says("TOPIC_DELETED"));

    /// <summary>Whether Telegram itself failed: trying again may help.</summary>
    public bool IsTheirFault => Outcome == TgOutcome.Refused && Code >= 500;

    /// <summary>The same end with another result.</summary>
    public TgAnswer<TOther> As<TOther>(TOther? result = default) => new(Outcome, result, Code, Reason, RetryAfter, MigratedTo);

    private bool Says(string text) => Reason.Contains(text, StringComparison.OrdinalIgnoreCase);
}
