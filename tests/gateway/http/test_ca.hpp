// A certificate authority that lives for one test, and server certificates from it.
#pragma once

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace rightsline::http {

class TestCa {
 public:
    TestCa() : key_(EVP_EC_gen("P-256"), EVP_PKEY_free), certificate_(X509_new(), X509_free) {
        fill(certificate_.get(), "rightsline test authority", key_.get());
        add(certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
        X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
        X509_sign(certificate_.get(), key_.get(), EVP_sha256());
    }

    std::string pem() const { return pem_of(certificate_.get()); }

    struct Issued {
        std::string certificate;
        std::string key;
    };
    /// `names`: "DNS:localhost,IP:127.0.0.1"
    Issued issue(const std::string& names) const {
        const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const Certificate leaf(X509_new(), X509_free);
        fill(leaf.get(), "server", key.get());
        add(leaf.get(), NID_subject_alt_name, names);
        X509_set_issuer_name(leaf.get(), X509_get_subject_name(certificate_.get()));
        X509_sign(leaf.get(), key_.get(), EVP_sha256());
        const Bio out(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        return {pem_of(leaf.get()), text_of(out.get())};
    }

 private:
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
    using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

    static void fill(X509* certificate, const char* name, EVP_PKEY* key) {
        X509_set_version(certificate, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
        const auto* text = reinterpret_cast<const unsigned char*>(name);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, text, -1, -1, 0);
        X509_set_pubkey(certificate, key);
    }
    static void add(X509* certificate, int nid, const std::string& value) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }
    static std::string text_of(BIO* bio) {
        char* data = nullptr;
        const long size = BIO_get_mem_data(bio, &data);
        return std::string(data, static_cast<std::size_t>(size));
    }
    static std::string pem_of(X509* certificate) {
        const Bio out(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_X509(out.get(), certificate);
        return text_of(out.get());
    }

    Key key_;
    Certificate certificate_;
};

}  // namespace rightsline::http
