using System.Net;
using ChatOps.Checks;

namespace ChatOps.Agent.Speech;

/// <summary>Whether the service still takes the key: it is asked for its models, which costs nothing.</summary>
internal sealed partial class TranscriptionClient
{
    private const string Probed = "speech";
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public string CredentialName => Probed;

    /// <inheritdoc/>
    public bool HasCredential => settings.IsConfigured && !string.IsNullOrEmpty(settings.ApiKey);

    /// <inheritdoc/>
    public async Task<CredentialLook> LookAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ProbeTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, settings.ModelsAddress);
            Authorise(request);
            using var response = await http.SendAsync(request, both.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => new(Probed, true, "The transcription service takes it.", null),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(Probed, false, "The transcription service refuses the key. Look at Speech:ApiKey.", null),
                _ => new(Probed, null, $"The transcription service did not say whether it takes the key (status {(int)response.StatusCode}).", null),
            };
        }
        catch (SpeechException e)
        {
            return new(Probed, false, e.Message, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(Probed, null, $"The transcription service did not answer within {ProbeTime.TotalSeconds:0} s.", null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new(Probed, null, "The transcription service cannot be reached.", null);
        }
    }
}
