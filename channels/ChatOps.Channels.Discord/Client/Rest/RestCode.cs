namespace ChatOps.Channels.Discord;

/// <summary>Discord's error codes that mean something to us.</summary>
internal static class RestCode
{
    public const int UnknownChannel = 10003;
    public const int UnknownMessage = 10008;
    public const int UnknownWebhook = 10015;
    public const int UnknownInteraction = 10062;
    public const int WriteLimit = 20028;
    public const int OldEditLimit = 30046;
    public const int AlreadyAcknowledged = 40060;
    public const int MissingAccess = 50001;
    public const int CannotMessageUser = 50007;
    public const int MissingPermissions = 50013;
    public const int InvalidWebhookToken = 50027;
    public const int NoThreadsHere = 50024;
    public const int ThreadArchived = 50083;
    public const int ThreadExists = 160004;
    public const int ThreadLocked = 160005;
    public const int TooManyThreads = 160006;
}
