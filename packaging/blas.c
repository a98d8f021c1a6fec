/* OpenCV's linear algebra by NumPy's OpenBLAS, so that the program holds one copy of it: the functions that OpenCV calls, with
   counts of 32 bits, call those of the same names in NumPy's library, with counts of 64 bits. libraries.py compiles it. */

#include <stdint.h>
#include <stdlib.h>

typedef int64_t count;

static count *counts(count n) { return malloc(sizeof(count) * (size_t)(n > 0 ? n : 1)); }

static void narrowed(count *pivots, int *into, count n) {
    for (count i = 0; i < n; i++) into[i] = (int)pivots[i];
    free(pivots);
}

static count smaller(count a, count b) { return a < b ? a : b; }

#define REAL(p, real) \
    extern void scipy_##p##gesv_64_(count *, count *, real *, count *, count *, real *, count *, count *); \
    void p##gesv_(int *n, int *nrhs, real *a, int *lda, int *pivots, real *b, int *ldb, int *info) { \
        count wn = *n, wr = *nrhs, wa = *lda, wb = *ldb, wi = 0, *wp = counts(wn); \
        scipy_##p##gesv_64_(&wn, &wr, a, &wa, wp, b, &wb, &wi); \
        narrowed(wp, pivots, wn); \
        *info = (int)wi; \
    } \
    extern void scipy_##p##getrf_64_(count *, count *, real *, count *, count *, count *); \
    void p##getrf_(int *m, int *n, real *a, int *lda, int *pivots, int *info) { \
        count wm = *m, wn = *n, wa = *lda, wi = 0, *wp = counts(smaller(wm, wn)); \
        scipy_##p##getrf_64_(&wm, &wn, a, &wa, wp, &wi); \
        narrowed(wp, pivots, smaller(wm, wn)); \
        *info = (int)wi; \
    } \
    extern void scipy_##p##potrf_64_(char *, count *, real *, count *, count *); \
    void p##potrf_(char *uplo, int *n, real *a, int *lda, int *info) { \
        count wn = *n, wa = *lda, wi = 0; \
        scipy_##p##potrf_64_(uplo, &wn, a, &wa, &wi); \
        *info = (int)wi; \
    } \
    extern void scipy_##p##posv_64_(char *, count *, count *, real *, count *, real *, count *, count *); \
    void p##posv_(char *uplo, int *n, int *nrhs, real *a, int *lda, real *b, int *ldb, int *info) { \
        count wn = *n, wr = *nrhs, wa = *lda, wb = *ldb, wi = 0; \
        scipy_##p##posv_64_(uplo, &wn, &wr, a, &wa, b, &wb, &wi); \
        *info = (int)wi; \
    } \
    extern void scipy_##p##geqrf_64_(count *, count *, real *, count *, real *, real *, count *, count *); \
    void p##geqrf_(int *m, int *n, real *a, int *lda, real *tau, real *work, int *lwork, int *info) { \
        count wm = *m, wn = *n, wa = *lda, ww = *lwork, wi = 0; \
        scipy_##p##geqrf_64_(&wm, &wn, a, &wa, tau, work, &ww, &wi); \
        *info = (int)wi; \
    } \
    extern void scipy_##p##gels_64_(char *, count *, count *, count *, real *, count *, real *, count *, real *, count *, count *); \
    void p##gels_(char *trans, int *m, int *n, int *nrhs, real *a, int *lda, real *b, int *ldb, real *work, int *lwork, int *info) { \
        count wm = *m, wn = *n, wr = *nrhs, wa = *lda, wb = *ldb, ww = *lwork, wi = 0; \
        scipy_##p##gels_64_(trans, &wm, &wn, &wr, a, &wa, b, &wb, work, &ww, &wi); \
        *info = (int)wi; \
    } \
    extern void scipy_##p##gesdd_64_(char *, count *, count *, real *, count *, real *, real *, count *, real *, count *, real *, \
                                     count *, count *, count *); \
    void p##gesdd_(char *job, int *m, int *n, real *a, int *lda, real *s, real *u, int *ldu, real *vt, int *ldvt, real *work, \
                   int *lwork, int *iwork, int *info) { \
        count wm = *m, wn = *n, wa = *lda, wu = *ldu, wv = *ldvt, ww = *lwork, wi = 0, *own = counts(8 * smaller(wm, wn)); \
        (void)iwork; \
        scipy_##p##gesdd_64_(job, &wm, &wn, a, &wa, s, u, &wu, vt, &wv, work, &ww, own, &wi); \
        free(own); \
        *info = (int)wi; \
    } \
    extern void scipy_cblas_##p##gemm64_(int, int, int, count, count, count, real, const real *, count, const real *, count, real, \
                                         real *, count); \
    void cblas_##p##gemm(int order, int ta, int tb, int m, int n, int k, real alpha, const real *a, int lda, const real *b, int ldb, \
                         real beta, real *c, int ldc) { \
        scipy_cblas_##p##gemm64_(order, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc); \
    }

#define COMPLEX(p) \
    extern void scipy_cblas_##p##gemm64_(int, int, int, count, count, count, const void *, const void *, count, const void *, count, \
                                         const void *, void *, count); \
    void cblas_##p##gemm(int order, int ta, int tb, int m, int n, int k, const void *alpha, const void *a, int lda, const void *b, \
                         int ldb, const void *beta, void *c, int ldc) { \
        scipy_cblas_##p##gemm64_(order, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc); \
    }

REAL(s, float)
REAL(d, double)
COMPLEX(c)
COMPLEX(z)

extern void scipy_dgeev_64_(char *, char *, count *, double *, count *, double *, double *, double *, count *, double *, count *,
                            double *, count *, count *);
void dgeev_(char *left, char *right, int *n, double *a, int *lda, double *wr, double *wi, double *vl, int *ldvl, double *vr, int *ldvr,
            double *work, int *lwork, int *info) {
    count wn = *n, wa = *lda, wl = *ldvl, wv = *ldvr, ww = *lwork, out = 0;
    scipy_dgeev_64_(left, right, &wn, a, &wa, wr, wi, vl, &wl, vr, &wv, work, &ww, &out);
    *info = (int)out;
}
