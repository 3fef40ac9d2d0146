using Microsoft.Extensions.Logging;

namespace ChatOps.Host.Http;

internal sealed partial class ServerCertificate
{
    [LoggerMessage(EventId = 1011, Level = LogLevel.Information, Message = "{File} has changed and is in use from now on; it expires {Expires:u}.")]
    private partial void LogRenewed(string file, DateTime expires);

    [LoggerMessage(EventId = 1012, Level = LogLevel.Warning, Message = "{File} has changed but cannot be used ({Reason}); the certificate of before stays in use.")]
    private partial void LogNotRenewed(string file, string reason);
}
